/* The questions of a difference. */
#include <string.h>

#include "migrate/generate/autogenerate.h"

static bool same_rename(const struct rename *a, const struct rename *b)
{
	if (strcmp(a->table, b->table) != 0 || strcmp(a->to, b->to) != 0)
		return false;
	return a->column && b->column ? strcmp(a->column, b->column) == 0
				      : a->column == b->column;
}

/* A declined rename without a new name is declined for every new name. */
static bool is_declined(const struct autogenerate *work,
			const struct rename *question)
{
	for (size_t i = 0; i < work->ndeclined; i++) {
		struct rename declined = work->declined[i];

		if (!*declined.to)
			declined.to = question->to;
		if (same_rename(&declined, question))
			return true;
	}
	return false;
}

static enum status compute_up(struct autogenerate *work, struct error *e)
{
	const struct diff_options options = {
		.renames = work->renames,
		.nrenames = work->nrenames,
		.declined = work->declined,
		.ndeclined = work->ndeclined,
		.fills = work->fills,
		.nfills = work->nfills,
		.column_order = work->column_order,
	};

	return diff_compute(work->have, work->want, &options, work->site->arena,
			    &work->up, e);
}

/* Leaving the question is not a no, as a no removes the column. */
static enum status ask_person(struct autogenerate *work,
			      const struct rename *question, const char *text,
			      struct error *e)
{
	bool yes;

	if (!context_ask(work->site->context, text, &yes))
		return fail(e, FAILED, "nothing was written");
	autogenerate_decide(work, question, yes);
	return OK;
}

/* Answers a rename question by --yes or by asking; fails without a terminal. */
static enum status ask_rename(struct autogenerate *work,
			      const struct rename *question, const char *text,
			      bool ask, struct error *e)
{
	const struct context *context = work->site->context;
	const char *option = autogenerate_rename_option(question,
							work->site->arena);

	if (context->flags & CONTEXT_YES) {
		autogenerate_decide(work, question, true);
	} else if (!ask) {
		context_note(context, "%s  (if so: --rename %s)", text, option);
		autogenerate_decide(work, question, false);
	} else if (context->ask) {
		return ask_person(work, question, text, e);
	} else {
		fail(e, USAGE, "%s", text);
		error_hint(e, "if so, use --rename %s; if not, --rename %s",
			   option,
			   autogenerate_option(question->table,
					       question->column, "",
					       work->site->arena));
		e->option = arena_printf(e->arena, "--rename %s", option);
	}
	return e->status;
}

/* Sets *asked if there was a question: then the difference has changed. */
static enum status ask_renames(struct autogenerate *work, bool ask, bool *asked,
			       struct error *e)
{
	const struct diff *up = &work->up;

	*asked = false;
	if (!up->nquestions)
		return OK;
	*asked = true;
	if (!is_declined(work, &up->questions[0]))
		return ask_rename(work, &up->questions[0],
				  up->question_texts[0], ask, e);
	/* Declined without a new name; record for which one. */
	autogenerate_decide(work, &up->questions[0], false);
	return OK;
}

static enum status try_fill(struct autogenerate *work,
			    const struct fill *missing, const char *said,
			    struct error *e)
{
	if (!*said)
		return fail(e, INVALID,
			    "a value is required; '' is the empty text");
	autogenerate_add_fill(work, missing, said);
	if (autogenerate_check_fills(work, e) != OK ||
	    compute_up(work, e) != OK || autogenerate_rows(work, e) != OK)
		work->nfills--;
	return e->status;
}

static void note_error(const struct context *context, const struct error *e)
{
	context_note(context, "%s", e->message);
	if (e->detail)
		context_note(context, "%s", e->detail);
}

/* Asks again after a mistyped value, to keep the answers given so far. */
static enum status ask_fill(struct autogenerate *work,
			    const struct fill *missing, struct error *e)
{
	const struct context *context = work->site->context;
	struct arena *arena = work->site->arena;
	const char *question = arena_printf(arena,
					    "%s.%s is NOT NULL and has no "
					    "default. Value for existing rows:",
					    missing->table, missing->column);
	const char *said;

	while ((said = context->ask(context->door, question, arena))) {
		enum status status = try_fill(work, missing, said, e);

		if (status != INVALID && status != CONFLICT)
			return status;
		note_error(context, e);
		error_init(e, e->arena);
	}
	return fail(e, FAILED, "nothing was written");
}

static enum status fail_fill(const struct fill *missing, struct error *e)
{
	fail(e, USAGE,
	     "%s.%s is NOT NULL and has no default; existing rows need a value",
	     missing->table, missing->column);
	return error_hint(e, "use --fill %s",
			  autogenerate_option(missing->table, missing->column,
					      "VALUE", e->arena));
}

/* Each value changes the difference, which then misses one less. */
static enum status ask_fills(struct autogenerate *work, struct error *e)
{
	const struct diff *up = &work->up;
	enum status status = OK;

	if (up->nmissing && !work->site->context->ask)
		return fail_fill(&up->missing[0], e);
	while (status == OK && up->nmissing) {
		const struct fill missing = up->missing[0];

		status = ask_fill(work, &missing, e);
	}
	return status;
}

enum status autogenerate_up(struct autogenerate *work, bool ask,
			    struct error *e)
{
	bool asked = true;

	while (asked)
		if (compute_up(work, e) != OK ||
		    ask_renames(work, ask, &asked, e) != OK)
			return e->status;
	if (autogenerate_check_fills(work, e) != OK ||
	    autogenerate_judge(work, ask, e) != OK)
		return e->status;
	return ask ? ask_fills(work, e) : OK;
}

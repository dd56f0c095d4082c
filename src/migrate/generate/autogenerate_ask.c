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
static bool is_declined(const struct autogenerate *autogenerate,
			const struct rename *question)
{
	for (size_t i = 0; i < autogenerate->ndeclined; i++) {
		struct rename declined = autogenerate->declined[i];

		if (!*declined.to)
			declined.to = question->to;
		if (same_rename(&declined, question))
			return true;
	}
	return false;
}

static enum status compute_up(struct autogenerate *autogenerate,
			      struct error *e)
{
	const struct diff_options options = {
		.renames = autogenerate->renames,
		.nrenames = autogenerate->nrenames,
		.declined = autogenerate->declined,
		.ndeclined = autogenerate->ndeclined,
		.fills = autogenerate->fills,
		.nfills = autogenerate->nfills,
		.column_order = autogenerate->column_order,
	};

	return diff_compute(autogenerate->have, autogenerate->want, &options,
			    autogenerate->site->arena, &autogenerate->up, e);
}

/* Leaving the question is not a no, as a no removes the column. */
static enum status ask_person(struct autogenerate *autogenerate,
			      const struct rename *question, const char *text,
			      struct error *e)
{
	bool yes;

	if (!context_ask(autogenerate->site->context, text, &yes))
		return fail(e, FAILED, "nothing was written");
	autogenerate_decide(autogenerate, question, yes);
	return OK;
}

/* Answers a rename question by --yes or by asking; fails without a terminal. */
static enum status ask_rename(struct autogenerate *autogenerate,
			      const struct rename *question, const char *text,
			      bool ask, struct error *e)
{
	const struct context *context = autogenerate->site->context;
	const char *option = autogenerate_rename_option(
		question, autogenerate->site->arena);

	if (context->flags & CONTEXT_YES) {
		autogenerate_decide(autogenerate, question, true);
	} else if (!ask) {
		context_note(context, "%s  (if so: --rename %s)", text, option);
		autogenerate_decide(autogenerate, question, false);
	} else if (context->ask) {
		return ask_person(autogenerate, question, text, e);
	} else {
		fail(e, USAGE, "%s", text);
		error_hint(e, "if so, use --rename %s; if not, --rename %s",
			   option,
			   autogenerate_option(question->table,
					       question->column, "",
					       autogenerate->site->arena));
		e->option = arena_printf(e->arena, "--rename %s", option);
	}
	return e->status;
}

/* Sets *asked if there was a question: then the difference has changed. */
static enum status ask_renames(struct autogenerate *autogenerate, bool ask,
			       bool *asked, struct error *e)
{
	const struct diff *up = &autogenerate->up;

	*asked = false;
	if (!up->nquestions)
		return OK;
	*asked = true;
	if (!is_declined(autogenerate, &up->questions[0]))
		return ask_rename(autogenerate, &up->questions[0],
				  up->question_texts[0], ask, e);
	/* Declined without a new name; record for which one. */
	autogenerate_decide(autogenerate, &up->questions[0], false);
	return OK;
}

static enum status try_fill(struct autogenerate *autogenerate,
			    const struct fill *missing, const char *said,
			    struct error *e)
{
	if (!*said)
		return fail(e, INVALID,
			    "a value is required; '' is the empty text");
	autogenerate_add_fill(autogenerate, missing, said);
	if (autogenerate_check_fills(autogenerate, e) != OK ||
	    compute_up(autogenerate, e) != OK ||
	    autogenerate_rows(autogenerate, e) != OK)
		autogenerate->nfills--;
	return e->status;
}

static void note_error(const struct context *context, const struct error *e)
{
	context_note(context, "%s", e->message);
	if (e->detail)
		context_note(context, "%s", e->detail);
}

/* Asks again after a mistyped value, to keep the answers given so far. */
static enum status ask_fill(struct autogenerate *autogenerate,
			    const struct fill *missing, struct error *e)
{
	const struct context *context = autogenerate->site->context;
	struct arena *arena = autogenerate->site->arena;
	const char *question = arena_printf(arena,
					    "%s.%s is NOT NULL and has no "
					    "default. Value for existing rows:",
					    missing->table, missing->column);
	const char *said;

	while ((said = context->ask(context->door, question, arena))) {
		enum status status = try_fill(autogenerate, missing, said, e);

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
static enum status ask_fills(struct autogenerate *autogenerate, struct error *e)
{
	const struct diff *up = &autogenerate->up;
	enum status status = OK;

	if (up->nmissing && !autogenerate->site->context->ask)
		return fail_fill(&up->missing[0], e);
	while (status == OK && up->nmissing) {
		const struct fill missing = up->missing[0];

		status = ask_fill(autogenerate, &missing, e);
	}
	return status;
}

enum status autogenerate_up(struct autogenerate *autogenerate, bool ask,
			    struct error *e)
{
	bool asked = true;

	while (asked)
		if (compute_up(autogenerate, e) != OK ||
		    ask_renames(autogenerate, ask, &asked, e) != OK)
			return e->status;
	if (autogenerate_check_fills(autogenerate, e) != OK ||
	    autogenerate_judge(autogenerate, ask, e) != OK)
		return e->status;
	return ask ? ask_fills(autogenerate, e) : OK;
}

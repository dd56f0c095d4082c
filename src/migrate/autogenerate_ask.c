/* The questions of a difference. */
#include <string.h>
#include <strings.h>

#include "migrate/autogenerate.h"

static bool same_rename(const struct rename *a, const struct rename *b)
{
	if (strcmp(a->table, b->table) != 0 || strcmp(a->to, b->to) != 0)
		return false;
	return a->column && b->column ? !strcmp(a->column, b->column)
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

/* Whoever leaves the question has not said no: a no removes the column. */
static enum status ask_person(struct autogenerate *autogenerate,
			      const struct rename *question, const char *text,
			      struct error *e)
{
	const struct context *context = autogenerate->site->context;
	struct arena *arena = autogenerate->site->arena;
	const char *answer = context->ask_text(
		context->door, arena_printf(arena, "%s [y/N]", text), arena);

	if (!answer)
		return fail(e, FAILED, "nothing was written");
	autogenerate_decide(autogenerate, question,
			    !strcasecmp(answer, "y") ||
				    !strcasecmp(answer, "yes"));
	return OK;
}

/* One question of a rename: answered by --yes, a person, or nobody. */
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
	} else if (context->ask_text) {
		return ask_person(autogenerate, question, text, e);
	} else {
		fail(e, USAGE, "%s", text);
		error_hint(e, "if so, say --rename %s; if not, --rename %s",
			   option,
			   autogenerate_option(question->table,
					       question->column, "",
					       autogenerate->site->arena));
	}
	return e->status;
}

/* Whether there was a question; after it the difference is another. */
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
	/* Said without a new name; the difference wants to know which. */
	autogenerate_decide(autogenerate, &up->questions[0], false);
	return OK;
}

static enum status ask_fill(struct autogenerate *autogenerate,
			    const struct fill *missing, struct error *e)
{
	const struct context *context = autogenerate->site->context;
	struct arena *arena = autogenerate->site->arena;
	const char *name = arena_printf(arena, "%s.%s", missing->table,
					missing->column);
	const char *answer = NULL;

	if (context->ask_text) {
		answer = context->ask_text(
			context->door,
			arena_printf(arena,
				     "%s is NOT NULL and has no default. "
				     "Value for the rows that exist:",
				     name),
			arena);
		if (!answer)
			return fail(e, FAILED, "nothing was written");
	}
	if (answer && *answer) {
		autogenerate_add_fill(autogenerate, missing, answer);
		return OK;
	}
	fail(e, USAGE,
	     "%s is NOT NULL and has no default; the rows that "
	     "exist need a value",
	     name);
	error_hint(e, "say --fill %s",
		   autogenerate_option(missing->table, missing->column, "VALUE",
				       arena));
	return e->status;
}

static enum status ask_fills(struct autogenerate *autogenerate, struct error *e)
{
	const struct diff *up = &autogenerate->up;
	enum status status = OK;
	for (size_t i = 0; !status && i < up->nmissing; i++)
		status = ask_fill(autogenerate, &up->missing[i], e);
	return status || !up->nmissing ? status : compute_up(autogenerate, e);
}

enum status autogenerate_up(struct autogenerate *autogenerate, bool ask,
			    struct error *e)
{
	bool asked = true;
	enum status status = OK;
	while (!status && asked) {
		status = compute_up(autogenerate, e);
		if (!status)
			status = ask_renames(autogenerate, ask, &asked, e);
	}
	if (!status)
		status = autogenerate_check_fills(autogenerate, e);
	if (status || !ask)
		return status;
	status = ask_fills(autogenerate, e);
	return status ? status : autogenerate_check_fills(autogenerate, e);
}

/* The questions of a difference, and the options that answer them. */
#include <string.h>
#include <strings.h>

#include "migrate/autogenerate.h"
#include "schema/token.h"

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

static void decide(struct autogenerate *autogenerate,
		   const struct rename *question, bool yes)
{
	struct arena *arena = autogenerate->site->arena;

	if (yes)
		*LIST_ADD(arena, autogenerate->renames,
			  autogenerate->nrenames) = *question;
	else
		*LIST_ADD(arena, autogenerate->declined,
			  autogenerate->ndeclined) = *question;
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
	decide(autogenerate, question,
	       !strcasecmp(answer, "y") || !strcasecmp(answer, "yes"));
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
		decide(autogenerate, question, true);
	} else if (!ask) {
		context_note(context, "%s  (if so: --rename %s)", text, option);
		decide(autogenerate, question, false);
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
	decide(autogenerate, &up->questions[0], false);
	return OK;
}

/* One literal value of SQL, a number with its sign. */
static bool is_literal(const char *text)
{
	struct lexer lexer;
	struct token token, rest;
	bool literal;

	lexer_init(&lexer, span_of(text), true);
	lexer_next(&lexer, &token);
	literal = token.kind == TOKEN_STRING || token.kind == TOKEN_BLOB ||
		  (token.kind == TOKEN_WORD && token_is_value(&token));
	if (token_is(&token, "-") || token_is(&token, "+"))
		lexer_next(&lexer, &token);
	return (literal || token.kind == TOKEN_NUMBER) &&
	       !lexer_next(&lexer, &rest);
}

/* What a person typed, as SQL: a literal stays one, all else is text. */
static const char *literal_of(const char *text, struct arena *arena)
{
	return is_literal(text) ? arena_copy(arena, text)
				: sql_literal(arena, text);
}

static void add_fill(struct autogenerate *autogenerate, const struct fill *fill,
		     const char *value)
{
	struct fill *added = LIST_ADD(autogenerate->site->arena,
				      autogenerate->fills,
				      autogenerate->nfills);
	*added = *fill;
	added->value = value;
}

static enum status ask_fill(struct autogenerate *autogenerate,
			    const struct fill *missing, struct error *e)
{
	const struct context *context = autogenerate->site->context;
	struct arena *arena = autogenerate->site->arena;
	const char *name = arena_printf(arena, "%s.%s", missing->table,
					missing->column);
	const char *answer = NULL;

	if (missing->value && context->flags & CONTEXT_YES) {
		add_fill(autogenerate, missing, missing->value);
		return OK;
	}
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
		add_fill(autogenerate, missing, literal_of(answer, arena));
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

/* The first = outside of quotes, or the last point; NULL: there is none. */
static char *find_outside(char *text, char wanted)
{
	bool quoted = false;
	char *found = NULL;

	for (char *p = text; *p; p++) {
		quoted ^= *p == '"';
		if (*p != wanted || quoted)
			continue;
		found = p;
		if (wanted == '=')
			break;
	}
	return found;
}

static enum status split_option(const char *name, const struct value *given,
				struct arena *arena, char **left, char **right,
				struct error *e)
{
	*left = arena_copy_n(arena, given->data, given->length);
	char *equals = find_outside(*left, '=');
	*right = *left + given->length;
	if (!equals || equals == *left)
		return fail(e, USAGE, "--%s %s: %s is expected", name, *left,
			    !strcmp(name, "fill") ? "TABLE.COLUMN=VALUE"
						  : "OLD=NEW");
	*equals = '\0';
	*right = equals + 1;
	return OK;
}

/* Takes a name's quotes off, where it is. */
static char *unquote(char *name)
{
	char *to = name;

	if (*name != '"')
		return name;
	for (const char *from = name + 1; *from; from++) {
		if (*from == '"' && *++from != '"')
			break;
		*to++ = *from;
	}
	*to = '\0';
	return name;
}

/* The name behind the last point; what is before it stays in text. */
static const char *cut_column(char *text)
{
	char *point = find_outside(text, '.');

	if (point)
		*point = '\0';
	unquote(text);
	return point ? unquote(point + 1) : NULL;
}

/* Renames of columns come when those of tables are known. */
static enum status add_rename(struct autogenerate *autogenerate,
			      const struct value *given, bool columns,
			      struct error *e)
{
	char *old, *new;
	enum status status = split_option(
		"rename", given, autogenerate->site->arena, &old, &new, e);
	if (status)
		return status;
	const char *column = cut_column(old);
	const char *to = column ? cut_column(new) : NULL;
	if (!column)
		unquote(new);
	struct rename rename = {
		.table = old,
		.column = column,
		.to = to ? to : new,
	};
	if (columns != (column != NULL))
		return OK;
	if (to)
		status = autogenerate_check_rename(autogenerate, &rename, new,
						   e);
	if (!status)
		decide(autogenerate, &rename, *rename.to != '\0');
	return status;
}

static enum status add_fill_option(struct autogenerate *autogenerate,
				   const struct value *given, struct error *e)
{
	struct arena *arena = autogenerate->site->arena;
	char *name, *value;
	enum status status = split_option("fill", given, arena, &name, &value,
					  e);
	if (status)
		return status;
	struct fill fill = { .table = name, .column = cut_column(name) };
	if (!fill.column)
		return fail(e, USAGE,
			    "--fill %s: TABLE.COLUMN=VALUE is "
			    "expected",
			    name);
	add_fill(autogenerate, &fill, literal_of(value, arena));
	return OK;
}

enum status autogenerate_options(struct autogenerate *autogenerate,
				 const struct call *call, struct error *e)
{
	const struct values *renames = call_list(call, "rename");
	const struct values *fills = call_list(call, "fill");
	enum status status = OK;
	autogenerate->column_order = call_flag(call, "column_order");
	for (size_t i = 0; !status && i < renames->count; i++)
		status = add_rename(autogenerate, &renames->items[i], false, e);
	for (size_t i = 0; !status && i < renames->count; i++)
		status = add_rename(autogenerate, &renames->items[i], true, e);
	autogenerate->ngiven = autogenerate->nrenames;
	for (size_t i = 0; !status && i < fills->count; i++)
		status = add_fill_option(autogenerate, &fills->items[i], e);
	return status;
}

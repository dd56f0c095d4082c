/* Reads and writes the options that answer questions in advance. */
#include <string.h>

#include "migrate/generate/autogenerate.h"
#include "schema/text/token.h"

/* A name for an option, in quotes if it contains a separator. */
static const char *option_name(const char *name, struct arena *arena)
{
	return strpbrk(name, ".=\"") ? sql_name(arena, name) : name;
}

/* Quotes a text for the shell. */
static const char *shell_word(const char *text, struct arena *arena)
{
	BUFFER(word);

	if (!text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
			       "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.=-")])
		return text;
	buffer_byte(&word, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buffer_text(&word, "'\\'");
		buffer_byte(&word, *text);
	}
	buffer_byte(&word, '\'');
	return arena_copy(arena, buffer_string(&word));
}

/* TABLE.COLUMN=rest */
const char *autogenerate_option(const char *table, const char *column,
				const char *rest, struct arena *arena)
{
	const char *text = arena_printf(
		arena, "%s%s%s=%s", option_name(table, arena),
		column ? "." : "", column ? option_name(column, arena) : "",
		rest);

	return shell_word(text, arena);
}

const char *autogenerate_rename_option(const struct rename *rename,
				       struct arena *arena)
{
	const char *table = option_name(rename->table, arena);
	const char *to = option_name(rename->to, arena);

	return autogenerate_option(
		rename->table, rename->column,
		rename->column ? arena_printf(arena, "%s.%s", table, to) : to,
		arena);
}

void autogenerate_decide(struct autogenerate *work,
			 const struct rename *question, bool yes)
{
	struct arena *arena = work->site->arena;

	if (yes)
		*LIST_ADD(arena, work->renames, work->nrenames) = *question;
	else
		*LIST_ADD(arena, work->declined, work->ndeclined) = *question;
}

/* Whether a text is one SQL literal; numbers may have a sign. */
static bool is_literal(const char *text)
{
	struct lexer lexer = lexer_of_all(span_of(text));
	struct token token, rest;
	bool literal;

	lexer_next(&lexer, &token);
	literal = token.kind == TOKEN_STRING || token.kind == TOKEN_BLOB ||
		  (token.kind == TOKEN_WORD && token_is_value(&token));
	if (token_is(&token, "-") || token_is(&token, "+"))
		lexer_next(&lexer, &token);
	return (literal || token.kind == TOKEN_NUMBER) &&
	       !lexer_next(&lexer, &rest);
}

/* A value as typed, in SQL: literals stay, all else is text. */
static const char *literal_of(const char *text, struct arena *arena)
{
	return is_literal(text) ? arena_copy(arena, text)
				: sql_literal(arena, text);
}

void autogenerate_add_fill(struct autogenerate *work, const struct fill *fill,
			   const char *said)
{
	struct arena *arena = work->site->arena;

	*LIST_ADD(arena, work->fills, work->nfills) = (struct fill){
		.table = fill->table,
		.column = fill->column,
		.value = literal_of(said, arena),
	};
}

/* The first = outside quotes, or the last point; NULL if none. */
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
	char *equals;

	*left = arena_copy_n(arena, given->data, given->length);
	equals = find_outside(*left, '=');
	*right = *left + given->length;
	if (!equals || equals == *left)
		return fail(e, USAGE, "--%s %s: expected %s", name, *left,
			    strcmp(name, "fill") == 0 ? "TABLE.COLUMN=VALUE"
						      : "OLD=NEW");
	*equals = '\0';
	*right = equals + 1;
	return OK;
}

/* Removes a name's quotes in place. */
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

/* Cuts text at its last point and returns the name after it. */
static const char *cut_column(char *text)
{
	char *point = find_outside(text, '.');

	if (point)
		*point = '\0';
	unquote(text);
	return point ? unquote(point + 1) : NULL;
}

/* Called for tables first, then for columns. */
static enum status add_rename(struct autogenerate *work,
			      const struct value *given, bool columns,
			      struct error *e)
{
	char *old, *new;
	enum status status = split_option("rename", given, work->site->arena,
					  &old, &new, e);
	const char *column, *to;
	struct rename rename;

	if (status != OK)
		return status;
	column = cut_column(old);
	to = column ? cut_column(new) : NULL;
	if (!column)
		unquote(new);
	rename = (struct rename){
		.table = old,
		.column = column,
		.to = to ? to : new,
	};
	if (columns != (column != NULL))
		return OK;
	if (to)
		status = autogenerate_check_rename(work, &rename, new, e);
	if (!column)
		status = autogenerate_check_table_rename(work, &rename, e);
	if (status == OK)
		autogenerate_decide(work, &rename, *rename.to != '\0');
	return status;
}

static enum status add_fill_option(struct autogenerate *work,
				   const struct value *given, struct error *e)
{
	struct arena *arena = work->site->arena;
	char *name, *value;
	enum status status = split_option("fill", given, arena, &name, &value,
					  e);
	struct fill fill;

	if (status != OK)
		return status;
	fill = (struct fill){ .table = name, .column = cut_column(name) };
	if (!fill.column)
		return fail(e, USAGE, "--fill %s: expected TABLE.COLUMN=VALUE",
			    name);
	autogenerate_add_fill(work, &fill, value);
	return OK;
}

enum status autogenerate_options(struct autogenerate *work,
				 const struct call *call, struct error *e)
{
	const struct values *renames = call_list(call, "rename");
	const struct values *fills = call_list(call, "fill");

	work->column_order = call_flag(call, "column_order");
	for (int columns = false; columns <= true; columns++)
		for (size_t i = 0; i < renames->count; i++)
			if (add_rename(work, &renames->items[i], columns, e) !=
			    OK)
				return e->status;
	work->ngiven = work->nrenames;
	for (size_t i = 0; i < fills->count; i++)
		if (add_fill_option(work, &fills->items[i], e) != OK)
			return e->status;
	return OK;
}

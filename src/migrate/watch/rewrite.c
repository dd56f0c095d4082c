#include "migrate/watch/rewrite.h"

#include "migrate/revision/revision.h"
#include "migrate/revision/scan.h"
#include "migrate/watch/rows.h"
#include "schema/model/derive.h"
#include "schema/model/read.h"
#include "schema/model/type.h"
#include "schema/plan/change.h"
#include "schema/text/ddl.h"

/* INSERT INTO target (columns) SELECT values FROM source */
struct rebuild_copy {
	struct words words;
	const char *target, *source;
	struct names columns, values; /* "" for a value that is not a column */
};

/* Reads an expression: a column, or coalesce(column, …); "" for another. */
static const char *read_value(struct words *words)
{
	bool coalesced = words_take(words, "coalesce") &&
			 words_take(words, "(");
	bool is_name = words->token.kind == TOKEN_WORD ||
		       words->token.kind == TOKEN_NAME;
	const char *name = words_name(words);
	int depth = coalesced;

	if (!is_name || (!coalesced && !token_is(&words->token, ",") &&
			 !token_is(&words->token, "FROM")))
		name = "";
	for (; words->token.kind != TOKEN_END; words_next(words)) {
		if (!depth && (token_is(&words->token, ",") ||
			       token_is(&words->token, "FROM")))
			break;
		depth += token_is(&words->token, "(");
		depth -= token_is(&words->token, ")");
	}
	return name;
}

static void add_copy_name(struct rebuild_copy *copy, struct names *names,
			  const char *name)
{
	*LIST_ADD(copy->words.arena, names->items, names->count) = name;
}

static bool read_copy(struct rebuild_copy *copy)
{
	struct words *words = &copy->words;

	if (!words_take(words, "INSERT"))
		return false;
	if (words_take(words, "OR"))
		words_next(words);
	if (!words_take(words, "INTO"))
		return false;
	copy->target = words_name(words);
	if (!name_begins(copy->target, TEMPORARY_NEW) ||
	    !words_take(words, "("))
		return false;
	do
		add_copy_name(copy, &copy->columns, words_name(words));
	while (words_take(words, ","));
	if (!words_take(words, ")") || !words_take(words, "SELECT"))
		return false;
	do
		add_copy_name(copy, &copy->values, read_value(words));
	while (words_take(words, ","));
	if (!words_take(words, "FROM"))
		return false;
	copy->source = words_name(words);
	/* A copy of only some rows was written by hand. */
	if (words->token.kind != TOKEN_END && !token_is(&words->token, ";"))
		return false;
	return copy->columns.count == copy->values.count;
}

/* Reads a table from its CREATE statement; false if that can't be parsed. */
static bool parse_table(struct engine *engine, const char *name,
			struct arena *arena, struct table *out)
{
	const char *sql = schema_table_text(engine, name, arena);

	*out = (struct table){ .name = name };
	if (!sql)
		return false;
	out->ddl = ddl_parse(sql, arena);
	if (!out->ddl)
		return false;
	out->strict = out->ddl->strict;
	return table_derive(out, true, arena);
}

static enum status count_rewritten(struct engine *engine,
				   const struct rebuild_copy *copy,
				   const char *column, const char *condition,
				   struct buffer *found, struct buffer *rows,
				   struct error *e)
{
	struct arena *arena = copy->words.arena;
	const char *wrong = arena_printf(arena, "FROM %s WHERE %s",
					 sql_name(arena, copy->source),
					 condition);
	struct value count;

	if (engine_query_one(engine,
			     arena_printf(arena, "SELECT count(*) %s", wrong),
			     NULL, 0, arena, &count, e) != OK)
		return e->status;
	if (!count.integer)
		return OK;
	buffer_printf(found, "%s%lld value%s of %s.%s",
		      found->length ? ", " : "", (long long)count.integer,
		      count.integer == 1 ? "" : "s", copy->source, column);
	if (!rows || rows->length)
		return OK;
	return rows_show(engine,
			 arena_printf(arena, "SELECT * %s LIMIT 5", wrong),
			 rows, e);
}

enum status rewrite_find(struct engine *engine, const char *statement,
			 size_t length, struct buffer *found,
			 struct buffer *rows, struct error *e)
{
	ARENA(arena);
	const struct span text = { statement, length };
	struct rebuild_copy copy = { .words = words_of(text, &arena) };
	struct table from, to;
	enum status status = OK;

	if (!read_copy(&copy) ||
	    !parse_table(engine, copy.source, &arena, &from) ||
	    !parse_table(engine, copy.target, &arena, &to))
		return OK;
	for (size_t i = 0; status == OK && i < copy.columns.count; i++) {
		const struct column *column = table_find_column(
			&to, copy.columns.items[i]);
		const struct column *before = table_find_column(
			&from, copy.values.items[i]);
		const char *condition = column && before
						? type_rewrites(&from, before,
								&to, column,
								&arena)
						: NULL;

		if (condition)
			status = count_rewritten(engine, &copy, before->name,
						 condition, found, rows, e);
	}
	return status;
}

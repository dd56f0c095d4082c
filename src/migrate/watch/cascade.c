#include "migrate/watch/cascade.h"

#include "migrate/watch/rows.h"
#include "migrate/revision/scan.h"

static bool has_name(const struct scan_statement *statement, const char *name,
		     struct arena *arena)
{
	struct lexer lexer = scan_lexer(statement);

	for (struct token token; lexer_next(&lexer, &token);)
		if ((token.kind == TOKEN_WORD || token.kind == TOKEN_NAME) &&
		    name_equal(token_name(&token, arena), name))
			return true;
	return false;
}

/* Whether the table is dropped further down, before anything reads it. */
static bool is_dropped(const struct cascade *cascade, const char *table)
{
	struct scan scan = scan_of(cascade->rest, 1);
	struct scan_statement statement;

	while (scan_statement(&scan, &statement)) {
		const char *name = scan_dropped(scan_span(&statement),
						cascade->arena);

		if (name && name_equal(name, table))
			return true;
		if (has_name(&statement, table, cascade->arena))
			return false;
	}
	return false;
}

/* What comes into a table further down. */
enum filling {
	FILLED_NOT,
	FILLED_ROWS, /* rows that are written there, or another table */
	FILLED_COPY, /* rows that are elsewhere */
};

/* ALTER TABLE other RENAME TO table. */
static bool is_replaced(struct words *words, const char *table)
{
	if (!words_take(words, "ALTER") || !words_take(words, "TABLE"))
		return false;
	words_table(words);
	return words_take(words, "RENAME") && words_take(words, "TO") &&
	       name_equal(words_name(words), table);
}

static enum filling read_filling(struct words words, const char *table)
{
	enum filling filling = FILLED_NOT;

	if (token_is(&words.token, "CREATE")) /* a trigger */
		return FILLED_NOT;
	if (token_is(&words.token, "ALTER"))
		return is_replaced(&words, table) ? FILLED_ROWS : FILLED_NOT;
	while (words.token.kind != TOKEN_END) {
		if (filling && token_is(&words.token, "SELECT"))
			return FILLED_COPY;
		if (!words_take(&words, "INTO"))
			words_next(&words);
		else if (name_equal(words_table(&words), table))
			filling = FILLED_ROWS;
	}
	return filling;
}

static enum filling find_filling(const struct cascade *cascade,
				 const char *table)
{
	enum filling filling = FILLED_NOT;
	struct scan scan = scan_of(cascade->rest, 1);
	struct scan_statement statement;

	while (filling != FILLED_COPY && scan_statement(&scan, &statement)) {
		enum filling one = read_filling(
			words_of(scan_span(&statement), cascade->arena), table);

		filling = one > filling ? one : filling;
	}
	return filling;
}

/* The action by which rows of a table follow those of another, or NULL. */
static enum status find_action(const struct cascade *cascade,
			       const struct deletion *child, const char *parent,
			       const char **out, struct error *e)
{
	const struct value values[] = { value_text(child->table),
					value_text(parent),
					value_integer(child->along),
					value_integer(child->changed) };
	struct value action;

	if (engine_query_one(cascade->engine,
			     "SELECT on_delete FROM pragma_foreign_key_list($1)"
			     " WHERE \"table\" = $2 COLLATE NOCASE AND iif($3, "
			     "on_delete = 'CASCADE', $4 AND on_delete IN ('SET "
			     "NULL', 'SET DEFAULT'))",
			     values, 4, cascade->arena, &action, e) != OK)
		return e->status;
	*out = action.kind == VALUE_TEXT ? action.data : NULL;
	return OK;
}

static enum status refuse(const struct cascade *cascade, const char *table,
			  const struct deletion *child, const char *action,
			  struct error *e)
{
	static const char *const what[] = { "DROP TABLE", "DELETE FROM",
					    "REPLACE INTO",
					    "replacing rows of" };
	int64_t rows = child->along ? child->along : child->changed;
	bool replaces = cascade->verb != VERB_DROP &&
			cascade->verb != VERB_DELETE;

	fail(e, CONFLICT, "%s %s would %s %lld row%s of %s, by ON DELETE %s",
	     what[cascade->verb], table, child->along ? "delete" : "change",
	     (long long)rows, rows == 1 ? "" : "s", child->table, action);
	error_hint(e, replaces ? "use INSERT … ON CONFLICT … DO UPDATE, which "
				 "deletes nothing, or add \"-- foreign_keys: "
				 "off\" to the header"
			       : "add \"-- foreign_keys: off\" to the header, "
				 "or DELETE those rows first");
	return e->status;
}

/* Rows that follow those of a table: gone grows by the tables of those that
   may. */
static enum status check_table(const struct cascade *cascade, const char *table,
			       struct names *gone, struct error *e)
{
	bool drops = cascade->verb == VERB_DROP;

	for (size_t i = 0; i < cascade->deletions->count; i++) {
		const struct deletion *child = &cascade->deletions->items[i];
		const char *action = NULL;
		/* A table that is emptied has nothing to lose; one in which
		   rows are replaced has. */
		bool itself = tables_have(gone, child->table) &&
			      (drops || cascade->verb == VERB_DELETE);

		if (itself || (!child->along && !child->changed))
			continue;
		if (find_action(cascade, child, table, &action, e) != OK)
			return e->status;
		if (!action)
			continue;
		if (!drops || !is_dropped(cascade, child->table))
			return refuse(cascade, drops ? gone->items[0] : table,
				      child, action, e);
		names_add(gone, child->table, cascade->arena);
	}
	return OK;
}

static bool has_followers(const struct deletions *deletions)
{
	for (size_t i = 0; i < deletions->count; i++)
		if (deletions->items[i].along || deletions->items[i].changed)
			return true;
	return false;
}

/* Rows that are deleted for good are meant to take others along; those that
   come again, from elsewhere or into an empty table, aren't. */
static enum status is_meant(const struct cascade *cascade, const char *table,
			    bool *meant, struct error *e)
{
	struct value left;
	enum filling filling = find_filling(cascade, table);

	*meant = filling == FILLED_NOT;
	if (filling != FILLED_ROWS)
		return OK;
	if (engine_query_one(cascade->engine,
			     arena_printf(cascade->arena,
					  "SELECT EXISTS (SELECT 1 FROM %s)",
					  sql_name(cascade->arena, table)),
			     NULL, 0, cascade->arena, &left, e) != OK)
		return e->status;
	*meant = left.integer;
	return OK;
}

/* The tables whose rows the statement takes, or a trigger or foreign key of
   it, so that those that follow them are lost. */
static enum status find_gone(const struct cascade *cascade, struct names *gone,
			     struct error *e)
{
	const struct deletions *deletions = cascade->deletions;
	struct arena *arena = cascade->arena;

	if (cascade->verb == VERB_DROP) {
		const char *table = scan_dropped(cascade->statement, arena);

		if (table)
			names_add(gone, table, arena);
		return OK;
	}
	for (size_t i = 0; i < deletions->count; i++) {
		const struct deletion *deletion = &deletions->items[i];
		const char *table = deletion->table;
		bool meant = false;

		if (!deletion->rows && !deletion->along)
			continue;
		if ((cascade->verb == VERB_DELETE || !deletion->rows) &&
		    is_meant(cascade, table, &meant, e) != OK)
			return e->status;
		if (!meant)
			names_add(gone, table, arena);
	}
	return OK;
}

enum status cascade_check(const struct cascade *cascade, struct error *e)
{
	struct names gone = { 0 };
	struct value keys;

	if (!has_followers(cascade->deletions))
		return OK;
	/* Else they are a trigger's. */
	if (engine_query_one(cascade->engine, "PRAGMA foreign_keys", NULL, 0,
			     cascade->arena, &keys, e) != OK)
		return e->status;
	if (!keys.integer || find_gone(cascade, &gone, e) != OK)
		return e->status;
	for (size_t i = 0; e->status == OK && i < gone.count; i++)
		if (check_table(cascade, gone.items[i], &gone, e) != OK)
			return e->status;
	return OK;
}

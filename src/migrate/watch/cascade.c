#include "migrate/watch/cascade.h"

#include "migrate/revision/scan.h"
#include "migrate/watch/rows.h"

/* Whether the table is dropped later, before anything reads it. */
static bool is_dropped(const struct cascade *cascade, const char *table)
{
	struct scan scan = scan_of(cascade->rest);
	struct span statement;

	while (scan_statement(&scan, &statement)) {
		const char *name = scan_dropped(statement, cascade->arena);

		if (name && name_equal(name, table))
			return true;
		if (tokens_name(statement, table))
			return false;
	}
	return false;
}

/* How later statements refill a table. */
enum filling {
	FILLED_NOT,
	FILLED_ROWS, /* with VALUES, or another table takes its name */
	FILLED_COPY, /* with INSERT … SELECT */
};

/* ALTER TABLE other RENAME TO table. */
static bool is_renamed_to(struct words *words, const char *table)
{
	if (!words_take(words, "ALTER") || !words_take(words, "TABLE"))
		return false;
	words_table(words);
	return words_take(words, "RENAME") && words_take(words, "TO") &&
	       name_equal(words_name(words), table);
}

static enum filling read_refill(struct words words, const char *table)
{
	enum filling filling = FILLED_NOT;

	if (token_is(&words.token, "CREATE")) /* a trigger */
		return FILLED_NOT;
	if (token_is(&words.token, "ALTER"))
		return is_renamed_to(&words, table) ? FILLED_ROWS : FILLED_NOT;
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

static enum filling find_refill(const struct cascade *cascade,
				const char *table)
{
	enum filling filling = FILLED_NOT;
	struct scan scan = scan_of(cascade->rest);
	struct span statement;

	while (filling != FILLED_COPY && scan_statement(&scan, &statement)) {
		enum filling one = read_refill(
			words_of(statement, cascade->arena), table);

		filling = one > filling ? one : filling;
	}
	return filling;
}

/* The ON DELETE action that was applied to a child's rows, or NULL. */
static enum status find_action(const struct cascade *cascade,
			       const struct deletion *child, const char *parent,
			       const char **out, struct error *e)
{
	const struct value values[] = { value_text(child->table),
					value_text(parent),
					value_integer(child->cascaded),
					value_integer(child->changed) };
	struct value action;

	if (engine_query_one(
		    cascade->engine,
		    "SELECT on_delete FROM pragma_foreign_key_list($1) WHERE "
		    "\"table\" = $2 COLLATE NOCASE AND iif($3, on_delete = "
		    "'CASCADE', $4 AND on_delete IN ('SET NULL', 'SET "
		    "DEFAULT'))",
		    values, 4, cascade->arena, &action, e) != OK)
		return e->status;
	*out = action.kind == VALUE_TEXT ? action.data : NULL;
	return OK;
}

static enum status refuse_cascade(const struct cascade *cascade,
				  const char *table,
				  const struct deletion *child,
				  const char *action, struct error *e)
{
	static const char *const phrases[] = { "DROP TABLE", "DELETE FROM",
					       "REPLACE INTO",
					       "replacing rows of" };
	int64_t rows = child->cascaded ? child->cascaded : child->changed;
	bool replaces = cascade->verb != VERB_DROP &&
			cascade->verb != VERB_DELETE;

	fail(e, CONFLICT, "%s %s would %s %lld row%s of %s, by ON DELETE %s",
	     phrases[cascade->verb], table,
	     child->cascaded ? "delete" : "change", (long long)rows,
	     rows == 1 ? "" : "s", child->table, action);
	return error_hint(e, replaces ? "use INSERT … ON CONFLICT … DO UPDATE, "
					"which deletes nothing, or add \"-- "
					"foreign_keys: off\" to the header"
				      : "add \"-- foreign_keys: off\" to the "
					"header, or DELETE those rows first");
}

/* Checks what the deletion of a table's rows cascades to; adds to lost the
   tables that may lose rows. */
static enum status check_table(const struct cascade *cascade, const char *table,
			       struct names *lost, struct error *e)
{
	bool drops = cascade->verb == VERB_DROP;

	for (size_t i = 0; i < cascade->deletions->count; i++) {
		const struct deletion *child = &cascade->deletions->items[i];
		const char *action = NULL;
		/* An emptied table has nothing to lose, unlike one with some
		   rows replaced. */
		bool emptied = tables_have(lost, child->table) &&
			       (drops || cascade->verb == VERB_DELETE);

		if (emptied || (!child->cascaded && !child->changed))
			continue;
		if (find_action(cascade, child, table, &action, e) != OK)
			return e->status;
		if (!action)
			continue;
		if (!drops || !is_dropped(cascade, child->table))
			return refuse_cascade(cascade,
					      drops ? lost->items[0] : table,
					      child, action, e);
		names_add(lost, child->table, cascade->arena);
	}
	return OK;
}

static bool has_cascaded(const struct deletions *deletions)
{
	for (size_t i = 0; i < deletions->count; i++)
		if (deletions->items[i].cascaded || deletions->items[i].changed)
			return true;
	return false;
}

/* Rows deleted for good may cascade; rows that are reinserted, by a copy or
   into an empty table, may not. */
static enum status is_intended(const struct cascade *cascade, const char *table,
			       bool *intended, struct error *e)
{
	struct value left;
	enum filling filling = find_refill(cascade, table);

	*intended = filling == FILLED_NOT;
	if (filling != FILLED_ROWS)
		return OK;
	if (engine_query_one(cascade->engine,
			     arena_printf(cascade->arena,
					  "SELECT EXISTS (SELECT 1 FROM %s)",
					  sql_name(cascade->arena, table)),
			     NULL, 0, cascade->arena, &left, e) != OK)
		return e->status;
	*intended = left.integer;
	return OK;
}

/* The tables from which the statement, its triggers or its foreign keys
   deleted rows that must not cascade. */
static enum status find_lost(const struct cascade *cascade, struct names *lost,
			     struct error *e)
{
	const struct deletions *deletions = cascade->deletions;
	struct arena *arena = cascade->arena;

	if (cascade->verb == VERB_DROP) {
		const char *table = scan_dropped(cascade->statement, arena);

		if (table)
			names_add(lost, table, arena);
		return OK;
	}
	for (size_t i = 0; i < deletions->count; i++) {
		const struct deletion *deletion = &deletions->items[i];
		const char *table = deletion->table;
		bool intended = false;

		if (!deletion->deleted && !deletion->cascaded)
			continue;
		if ((cascade->verb == VERB_DELETE || !deletion->deleted) &&
		    is_intended(cascade, table, &intended, e) != OK)
			return e->status;
		if (!intended)
			names_add(lost, table, arena);
	}
	return OK;
}

enum status cascade_check(const struct cascade *cascade, struct error *e)
{
	struct names lost = { 0 };
	struct value keys;

	if (!has_cascaded(cascade->deletions))
		return OK;
	/* With foreign keys off a trigger changed those rows. */
	if (engine_query_one(cascade->engine, "PRAGMA foreign_keys", NULL, 0,
			     cascade->arena, &keys, e) != OK)
		return e->status;
	if (!keys.integer || find_lost(cascade, &lost, e) != OK)
		return e->status;
	for (size_t i = 0; e->status == OK && i < lost.count; i++)
		if (check_table(cascade, lost.items[i], &lost, e) != OK)
			return e->status;
	return OK;
}

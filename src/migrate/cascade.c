#include "migrate/cascade.h"

#include <string.h>

#include "migrate/rows.h"
#include "migrate/scan.h"

struct cascade {
	struct engine *engine;
	struct arena *arena;
	bool drops;        /* else it is a DELETE of all rows */
	const char *table; /* whose rows go */
	const char *rest;  /* of the section */
	struct names seen; /* tables whose rows go */
};

/* A foreign key whose ON DELETE does something, and the rows that it is done
   to. */
struct child {
	const char *table, *action;
	const char *count; /* SQL */
	int64_t rows;
};

struct children {
	struct child *items;
	size_t count;
};

/* Rows whose parent is not there are nobody's, all of them where the parent's
   table isn't. */
static int64_t count_rows(const struct cascade *cascade, const char *sql)
{
	struct value rows;
	struct error ignored;
	error_init(&ignored, cascade->arena);
	if (engine_query_one(cascade->engine, sql, NULL, 0, cascade->arena,
			     &rows, &ignored))
		return 0;
	return rows.integer;
}

static enum status find_children(const struct cascade *cascade,
				 const char *parent, struct children *out,
				 struct error *e)
{
	/* Words first, as a pragma for each table is too many; a name with
	   quotes in it may be spelled in another way. */
	static const char sql[] =
		"SELECT t.name, f.on_delete, printf('SELECT count(*) FROM "
		"\"%w\" AS c WHERE EXISTS (SELECT 1 FROM \"%w\" AS p WHERE "
		"%s)', t.name, f.\"table\", group_concat(printf('p.\"%w\" = "
		"c.\"%w\"', ifnull(f.\"to\", k.name), f.\"from\"), ' AND ')) "
		"FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS f "
		"LEFT JOIN pragma_table_info(f.\"table\") AS k ON f.\"to\" IS "
		"NULL AND k.pk = f.seq + 1 WHERE t.type = 'table' AND "
		"(instr(lower(t.sql), lower($1)) OR $1 GLOB "
		"'*[^a-zA-Z0-9_ ]*') AND f.\"table\" = $1 COLLATE NOCASE AND "
		"f.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') "
		"GROUP BY t.name, f.id";
	STATEMENT(keys);
	enum step step;
	if (engine_prepare(cascade->engine, sql, &keys, e))
		return e->status;
	statement_bind(keys, 1, value_text(parent));
	while ((step = statement_step(keys, e)) == STEP_ROW) {
		const char *count = statement_text(keys, 2, cascade->arena);
		*LIST_ADD(cascade->arena, out->items,
			  out->count) = (struct child){
			.table = statement_text(keys, 0, cascade->arena),
			.action = statement_text(keys, 1, cascade->arena),
			.count = count,
			.rows = count_rows(cascade, count),
		};
	}
	return step == STEP_FAILED ? e->status : OK;
}

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

static enum status refuse(const char *what, const struct cascade *cascade,
			  const struct child *child, struct error *e)
{
	bool deletes = !strcmp(child->action, "CASCADE");
	fail(e, CONFLICT, "%s %s would %s %lld row%s of %s, by ON DELETE %s",
	     what, cascade->table, deletes ? "delete" : "change",
	     (long long)child->rows, child->rows == 1 ? "" : "s", child->table,
	     child->action);
	error_hint(e, "put \"-- foreign_keys: off\" into the header, or DELETE "
		      "what is meant to go");
	return e->status;
}

/* The table of a DELETE without WHERE, of all rows; or NULL. */
static const char *emptied(struct span statement, struct arena *arena)
{
	struct words read = words_of(statement, arena);
	struct words *words = &read;
	if (!words_take(words, "DELETE") || !words_take(words, "FROM"))
		return NULL;
	const char *name = words_name(words);
	if (words_take(words, ".") && name_equal(name, "main"))
		name = words_name(words);
	bool all = words->token.kind == TOKEN_END ||
		   token_is(&words->token, ";");
	return all ? name : NULL;
}

static bool is_filled(const struct cascade *cascade)
{
	struct scan scan = scan_of(cascade->rest, 1);
	struct scan_statement statement;
	while (scan_statement(&scan, &statement)) {
		struct words words = words_of(scan_span(&statement),
					      cascade->arena);
		if ((token_is(&words.token, "INSERT") ||
		     token_is(&words.token, "REPLACE")) &&
		    has_name(&statement, cascade->table, cascade->arena))
			return true;
	}
	return false;
}

/* Rows that are deleted for good are meant to take others along. */
static enum status judge(const struct cascade *cascade,
			 const struct child *child, struct error *e)
{
	if (cascade->drops)
		return refuse("DROP TABLE", cascade, child, e);
	return is_filled(cascade) ? refuse("DELETE FROM", cascade, child, e)
				  : OK;
}

/* All whose rows are deleted, one after the other: seen grows. */
static enum status follow(struct cascade *cascade, struct error *e)
{
	for (size_t i = 0; i < cascade->seen.count; i++) {
		struct children children = { 0 };
		if (find_children(cascade, cascade->seen.items[i], &children,
				  e))
			return e->status;
		for (size_t j = 0; j < children.count; j++) {
			const struct child *child = &children.items[j];
			if (!child->rows ||
			    tables_have(&cascade->seen, child->table))
				continue;
			if (!is_dropped(cascade, child->table))
				return judge(cascade, child, e);
			if (!strcmp(child->action, "CASCADE"))
				names_add(&cascade->seen, child->table,
					  cascade->arena);
		}
	}
	return OK;
}

/* Whether the rows are of the database and foreign keys see them go. */
static enum status is_seen(const struct cascade *cascade, bool *seen,
			   struct error *e)
{
	struct value table = value_text(cascade->table), keys, temporary;
	struct engine *engine = cascade->engine;
	if (engine_query_one(engine, "PRAGMA foreign_keys", NULL, 0,
			     cascade->arena, &keys, e) ||
	    engine_query_one(engine,
			     "SELECT count(*) FROM sqlite_temp_schema WHERE "
			     "name = $1 COLLATE NOCASE",
			     &table, 1, cascade->arena, &temporary, e))
		return e->status;
	*seen = keys.integer && !temporary.integer;
	return OK;
}

enum status cascade_check(struct engine *engine, const char *statement,
			  size_t length, const char *rest, struct error *e)
{
	ARENA(arena);
	const struct span text = { statement, length };
	struct cascade cascade = {
		.engine = engine,
		.arena = &arena,
		.rest = rest,
		.table = scan_dropped(text, &arena),
	};
	bool seen = false;
	cascade.drops = cascade.table;
	if (!cascade.table)
		cascade.table = emptied(text, &arena);
	if (!cascade.table || is_seen(&cascade, &seen, e) || !seen)
		return e->status;
	names_add(&cascade.seen, cascade.table, &arena);
	return follow(&cascade, e);
}

/* The table of REPLACE INTO, INSERT OR REPLACE INTO or UPDATE OR REPLACE. */
static const char *replaced(struct span statement, struct arena *arena)
{
	struct words words = words_of(statement, arena);
	bool found = false;
	while (!found) {
		bool or = words_take(&words, "OR");
		if (words.token.kind == TOKEN_END ||
		    token_is(&words.token, "CREATE"))
			return NULL;
		/* Not the function of that name. */
		if (words_take(&words, "REPLACE"))
			found = or || token_is(&words.token, "INTO");
		else if (! or)
			words_next(&words);
	}
	words_take(&words, "INTO");
	const char *name = words_name(&words);
	return words_take(&words, ".") ? words_name(&words) : name;
}

enum status cascade_watch(struct engine *engine, const char *statement,
			  size_t length, struct arena *arena,
			  struct cascade_watch *out, struct error *e)
{
	const struct span text = { statement, length };
	struct cascade cascade = {
		.engine = engine,
		.arena = arena,
		.table = replaced(text, arena),
	};
	struct children children = { 0 };
	bool seen = false;
	*out = (struct cascade_watch){ .table = NULL };
	if (!cascade.table)
		return OK;
	if (is_seen(&cascade, &seen, e) || !seen ||
	    find_children(&cascade, cascade.table, &children, e))
		return e->status;
	*out = (struct cascade_watch){
		.table = cascade.table,
		.children = children.items,
		.count = children.count,
	};
	return OK;
}

enum status cascade_watched(struct engine *engine,
			    const struct cascade_watch *watch,
			    struct arena *arena, struct error *e)
{
	struct cascade cascade = {
		.engine = engine,
		.arena = arena,
		.table = watch->table,
	};
	for (size_t i = 0; i < watch->count; i++) {
		struct child child = watch->children[i];
		child.rows -= count_rows(&cascade, child.count);
		if (child.rows <= 0)
			continue;
		refuse("REPLACE INTO", &cascade, &child, e);
		error_hint(e, "INSERT … ON CONFLICT … DO UPDATE deletes "
			      "nothing; or put \"-- foreign_keys: off\" into "
			      "the header");
		return e->status;
	}
	return OK;
}

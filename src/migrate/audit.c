#include "migrate/audit.h"

#include "migrate/scan.h"

/* Whether a table's name follows whose rows go. */
static bool takes_rows(const struct token last[2], const struct token *token)
{
	return (token_is(&last[1], "DELETE") && token_is(token, "FROM")) ||
	       (token_is(&last[1], "REPLACE") && token_is(token, "INTO")) ||
	       (token_is(&last[0], "UPDATE") && token_is(&last[1], "OR") &&
		token_is(token, "REPLACE"));
}

/* The name behind DELETE FROM, REPLACE INTO or UPDATE OR REPLACE, or NULL. */
static const char *deleted_from(const struct scan_statement *statement,
				struct arena *arena)
{
	struct lexer lexer = scan_lexer(statement);
	struct token token, last[2] = { 0 };
	lexer_next(&lexer, &token);
	if (token_is(&token, "CREATE")) /* a trigger, which does it later */
		return NULL;
	while (!takes_rows(last, &token)) {
		last[0] = last[1];
		last[1] = token;
		if (!lexer_next(&lexer, &token))
			return NULL;
	}
	lexer_next(&lexer, &token);
	const char *name = token_name(&token, arena);
	if (lexer_next(&lexer, &token) && token_is(&token, ".") &&
	    lexer_next(&lexer, &token))
		name = token_name(&token, arena);
	return name;
}

/* INSERT … SELECT, CREATE TABLE … AS SELECT: of any table, as a view may be
   between. */
static bool copies_rows(const struct scan_statement *statement,
			struct arena *arena)
{
	struct words words = words_of(scan_span(statement), arena);
	bool copies = token_is(&words.token, "INSERT") ||
		      token_is(&words.token, "REPLACE") ||
		      token_is(&words.token, "CREATE") ||
		      token_is(&words.token, "WITH");
	while (copies && !token_is(&words.token, "SELECT")) {
		if (words.token.kind == TOKEN_END)
			return false;
		words_next(&words);
	}
	return copies;
}

/* Whether a table gets a name, which one that was dropped may have had. */
static bool names_table(const struct scan_statement *statement,
			struct arena *arena)
{
	struct words words = words_of(scan_span(statement), arena);
	return words_take(&words, "ALTER") ||
	       (words_take(&words, "CREATE") && words_take(&words, "TABLE"));
}

/* What the section takes rows from, and what it drops; whether it could make
   that anew. */
static bool read_section(struct audit *audit, struct arena *arena)
{
	bool makes = false;
	const struct section *section = audit->section;
	struct scan scan = scan_of(section->text, section->line);
	struct scan_statement statement;
	while (scan_statement(&scan, &statement)) {
		const char *deleted = deleted_from(&statement, arena);
		const char *dropped = scan_dropped(scan_span(&statement),
						   arena);
		if (deleted && !name_equal(deleted, "sqlite_sequence"))
			names_add(&audit->deletes, deleted, arena);
		if (dropped)
			names_add(&audit->drops, dropped, arena);
		audit->copies = audit->copies || copies_rows(&statement, arena);
		makes = makes || names_table(&statement, arena);
	}
	return makes;
}

/* What is dropped may have had another name, or another may get its name. */
static void add_related(struct audit *audit, struct arena *arena)
{
	const struct row_counts none = { 0 };
	struct trace_names names = trace_tables(audit->section, &none, arena);
	size_t count = audit->drops.count;
	for (size_t i = 0; i < count; i++) {
		struct names related = trace_related(
			&names, audit->drops.items[i], arena);
		for (size_t j = 0; j < related.count; j++)
			names_add(&audit->drops, related.items[j], arena);
	}
}

static enum status take(struct engine *engine, struct arena *arena,
			const struct audit *plan, struct row_counts *rows,
			struct violations *violations, struct error *e)
{
	if (plan->keys_off && violations_take(engine, arena, violations, e))
		return e->status;
	return rows_count(engine, arena, plan->keys_off ? NULL : &plan->drops,
			  rows, e);
}

/* Rows of a table with such a foreign key may go with any other's. */
static enum status may_follow(struct engine *engine, const char *table,
			      bool *follows, struct error *e)
{
	ARENA(arena);
	struct value name = value_text(table), found;
	*follows = false;
	if (engine_query_one(engine,
			     "SELECT count(*) FROM pragma_foreign_key_list($1) "
			     "WHERE on_delete = 'CASCADE'",
			     &name, 1, &arena, &found, e))
		return e->status;
	*follows = found.integer;
	return OK;
}

static enum status leave_followers(struct engine *engine, struct audit *audit,
				   struct error *e)
{
	struct row_counts *rows = &audit->rows;
	size_t count = rows->count;
	rows->count = 0;
	for (size_t i = 0; i < count; i++) {
		bool follows;
		if (may_follow(engine, rows->items[i].table, &follows, e))
			return e->status;
		if (!follows)
			rows->items[rows->count++] = rows->items[i];
	}
	return OK;
}

enum status audit_begin(struct engine *engine, struct arena *arena,
			const struct section *section, bool keys_off,
			struct audit *out, struct error *e)
{
	*out = (struct audit){ .section = section, .keys_off = keys_off };
	bool makes = read_section(out, arena);
	/* With foreign keys on SQLite watches them. */
	out->needless = !keys_off && (!out->drops.count || !makes);
	if (out->needless)
		return OK;
	add_related(out, arena);
	enum status status = take(engine, arena, out, &out->rows,
				  &out->violations, e);
	if (status || keys_off || !out->deletes.count)
		return status;
	return leave_followers(engine, out, e);
}

static bool share(const struct names *some, const struct names *others)
{
	for (size_t i = 0; i < some->count; i++)
		if (tables_have(others, some->items[i]))
			return true;
	return false;
}

static bool may_lose(const struct audit *audit, const struct trace_names *names,
		     const char *table, struct arena *arena)
{
	struct names related = trace_related(names, table, arena);
	return share(&audit->deletes, &related) ||
	       (!audit->copies && share(&audit->drops, &related));
}

static enum status compare_rows(const struct audit *before,
				const struct row_counts *after,
				const struct trace_names *names,
				struct arena *arena, struct error *e)
{
	for (size_t i = 0; i < before->rows.count; i++) {
		const struct row_count *old = &before->rows.items[i];
		const char *name = audit_name(names, after, old->table);
		int64_t rows = name ? rows_find(after, name)->rows : old->rows;
		if (rows >= old->rows ||
		    may_lose(before, names, old->table, arena))
			continue;
		fail(e, CONFLICT,
		     "table \"%s\" had %lld row%s and would have %lld",
		     old->table, (long long)old->rows,
		     old->rows == 1 ? "" : "s", (long long)rows);
		error_hint(e,
			   "rows that are meant to go want a DELETE FROM %s of "
			   "their own; nothing was changed",
			   old->table);
		return e->status;
	}
	return OK;
}

/*
 * ALTER TABLE p RENAME TO old takes the foreign keys of others along; a new p
 * is none of theirs (sqlite.org/lang_altertable.html).
 */
static enum status check_followed(struct engine *engine, struct arena *arena,
				  const struct audit *audit,
				  const struct trace_names *names,
				  struct error *e)
{
	STATEMENT(keys);
	enum step step;
	if (!names->news.count)
		return OK;
	if (engine_prepare(
		    engine,
		    "SELECT t.name, f.\"table\" FROM sqlite_schema AS t, "
		    "pragma_foreign_key_list(t.name) AS f WHERE t.type = "
		    "'table' AND NOT EXISTS (SELECT 1 FROM sqlite_schema "
		    "AS p WHERE p.type = 'table' AND p.name = "
		    "f.\"table\" COLLATE NOCASE)",
		    &keys, e))
		return e->status;
	while ((step = statement_step(keys, e)) == STEP_ROW) {
		const char *parent = statement_text(keys, 1, arena);
		if (!tables_have(&names->news, parent) ||
		    !tables_have(&audit->drops, parent))
			continue;
		fail(e, CONFLICT,
		     "the foreign key of %s would lead to %s, which is dropped",
		     statement_text(keys, 0, arena), parent);
		error_hint(e, "foreign keys follow a RENAME, but not with "
			      "PRAGMA legacy_alter_table = ON and \"-- "
			      "foreign_keys: off\" in the header");
		return e->status;
	}
	return step == STEP_FAILED ? e->status : OK;
}

enum status audit_end(struct engine *engine, struct arena *arena,
		      const struct audit *before, struct error *e)
{
	struct row_counts after;
	struct violations violations = { 0 };
	if (before->needless)
		return OK;
	struct trace_names names = trace_tables(before->section, &before->rows,
						arena);
	enum status status = take(engine, arena, before, &after, &violations,
				  e);
	if (!status)
		status = check_followed(engine, arena, before, &names, e);
	if (!status && before->keys_off)
		status = violations_compare(&before->violations, &violations,
					    &names, &after, &before->drops,
					    arena, e);
	return status ? status : compare_rows(before, &after, &names, arena, e);
}

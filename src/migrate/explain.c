#include "migrate/explain.h"

#include <string.h>

#include "migrate/audit_keys.h"
#include "migrate/rows.h"
#include "migrate/scan.h"
#include "migrate/trace.h"
#include "schema/ddl.h"
#include "schema/diff.h"
#include "schema/world.h"

/* Rows that would be there, and what some of them break. */
struct suspects {
	struct arena *arena;
	const char *table; /* that the constraint is of */
	const char *rows;  /* "WITH table (columns) AS (SELECT …) ", or "" */
	const char *where; /* of the index that is made, or "TRUE" */
	const char *shown, *counted; /* what is selected of the wrong ones */
	const char *wrong;           /* "FROM table WHERE …" */
};

/* Up to the statement's end. */
static const char *take_rest(struct lexer *lexer, struct token *token,
			     struct arena *arena)
{
	const char *start = token->text, *end = start;
	for (; token->kind != TOKEN_END && !token_is(token, ";");
	     lexer_next(lexer, token))
		end = token->text + token->length;
	return arena_copy_n(arena, start, (size_t)(end - start));
}

/* "(a, b)": the columns that an INSERT without a list fills. */
static const char *all_columns(struct engine *engine, const char *table,
			       struct arena *arena)
{
	struct value name = value_text(table), list;
	struct error ignored;
	error_init(&ignored, arena);
	if (engine_query_one(engine,
			     "SELECT group_concat('\"' || replace(name, '\"', "
			     "'\"\"') || '\"') FROM pragma_table_xinfo($1) "
			     "WHERE NOT hidden",
			     &name, 1, arena, &list, &ignored) ||
	    list.kind != VALUE_TEXT)
		return "";
	return arena_printf(arena, "(%s)", list.data);
}

/*
 * INSERT INTO table (columns) SELECT …: its rows, as a table of a WITH.  Other
 * statements leave the table as it is.
 */
static void take_rows(struct suspects *suspects, struct engine *engine,
		      const struct scan_statement *statement)
{
	struct arena *arena = suspects->arena;
	struct lexer lexer = scan_lexer(statement);
	struct token token = { 0 };
	suspects->rows = "";
	while (!token_is(&token, "into"))
		if (!lexer_next(&lexer, &token))
			return;
	lexer_next(&lexer, &token);
	suspects->table = token_name(&token, arena);
	const char *columns = lexer.at;
	lexer_next(&lexer, &token);
	bool listed = token_is(&token, "(");
	while (!token_is(&token, "select"))
		if (!lexer_next(&lexer, &token))
			return;
	columns = listed ? arena_copy_n(arena, columns,
					(size_t)(token.text - columns))
			 : all_columns(engine, suspects->table, arena);
	suspects->rows = arena_printf(arena, "WITH %s%s AS (%s) ",
				      sql_name(arena, suspects->table), columns,
				      take_rest(&lexer, &token, arena));
}

/* A partial index is of some rows only. */
static void take_where(struct suspects *suspects,
		       const struct scan_statement *statement)
{
	struct lexer lexer = scan_lexer(statement);
	struct token token;
	suspects->where = "TRUE";
	lexer_next(&lexer, &token);
	if (!token_is(&token, "create"))
		return;
	while (!token_is(&token, "where"))
		if (!lexer_next(&lexer, &token))
			return;
	lexer_next(&lexer, &token);
	suspects->where = take_rest(&lexer, &token, suspects->arena);
}

/* "t.a, t.b": the table, "a, b", and that none of them is NULL. */
static bool take_columns(struct suspects *suspects, const char *name,
			 struct buffer *list, struct buffer *present)
{
	const char *dot = strchr(name, '.');
	struct arena *arena = suspects->arena;
	if (!dot)
		return false;
	size_t prefix = (size_t)(dot - name) + 1;
	suspects->table = arena_copy_n(arena, name, prefix - 1);
	for (const char *next = name; next; next = next ? next + 2 : NULL) {
		if (strlen(next) < prefix)
			return false;
		const char *column = next + prefix;
		next = strstr(column, ", ");
		size_t length = next ? (size_t)(next - column) : strlen(column);
		column = sql_name(arena, arena_copy_n(arena, column, length));
		buffer_printf(list, "%s%s", list->length ? ", " : "", column);
		buffer_printf(present, "%s%s NOT NULL",
			      present->length ? " AND " : "", column);
	}
	return true;
}

static bool find_duplicates(struct suspects *suspects, const char *name)
{
	struct arena *arena = suspects->arena;
	BUFFER(list);
	BUFFER(present);
	if (!take_columns(suspects, name, &list, &present))
		return false;
	suspects->shown = arena_printf(arena, "%s, count(*)", list.data);
	suspects->counted = "sum(count(*)) OVER ()";
	suspects->wrong = arena_printf(
		arena,
		"FROM %s WHERE %s AND (%s) GROUP BY %s HAVING count(*) > 1",
		sql_name(arena, suspects->table), present.data, suspects->where,
		list.data);
	return true;
}

static bool find_nulls(struct suspects *suspects, const char *name)
{
	struct arena *arena = suspects->arena;
	BUFFER(list);
	BUFFER(present);
	if (!take_columns(suspects, name, &list, &present))
		return false;
	suspects->wrong = arena_printf(arena, "FROM %s WHERE NOT (%s)",
				       sql_name(arena, suspects->table),
				       present.data);
	return true;
}

/*
 * A CHECK is told by its name, or by its text.  The table may be one that is
 * being made, so it is read from its text.
 */
static bool find_broken(struct suspects *suspects, struct engine *engine,
			const char *name)
{
	struct arena *arena = suspects->arena;
	const char *sql = suspects->table
				  ? world_text(engine, suspects->table, arena)
				  : NULL;
	const struct ddl *ddl = sql ? ddl_parse(sql, arena) : NULL;
	for (size_t i = 0; ddl && i < ddl->nclauses; i++) {
		const struct ddl_clause *clause = &ddl->clauses[i];
		if (clause->kind != CLAUSE_CHECK)
			continue;
		const char *text = arena_copy_n(arena, clause->body.text,
						clause->body.length);
		if (clause->name ? strcmp(clause->name, name) != 0
				 : !tokens_equal(text, name))
			continue;
		suspects->wrong = arena_printf(arena, "FROM %s WHERE NOT (%s)",
					       sql_name(arena, suspects->table),
					       text);
		return true;
	}
	return false;
}

static bool find_wrong(struct suspects *suspects, struct engine *engine,
		       const struct fault *fault)
{
	suspects->shown = "*";
	suspects->counted = "count(*)";
	switch (fault->kind) {
	case FAULT_UNIQUE:
		return find_duplicates(suspects, fault->name);
	case FAULT_NOT_NULL:
		return find_nulls(suspects, fault->name);
	case FAULT_CHECK:
		return find_broken(suspects, engine, fault->name);
	case FAULT_NONE:
	case FAULT_FOREIGN_KEY:
	case FAULT_TYPE:
	case FAULT_OTHER:
		break;
	}
	return false;
}

/* A rebuild's table is the old one to whoever looks for the rows. */
static const char *real_names(const char *message, struct arena *arena)
{
	BUFFER(text);
	for (const char *p = message; *p;) {
		if (!strncmp(p, TEMPORARY_NEW, strlen(TEMPORARY_NEW)))
			p += strlen(TEMPORARY_NEW);
		else
			buffer_byte(&text, *p++);
	}
	return arena_copy(arena, buffer_string(&text));
}

static const char *query(const struct suspects *suspects, const char *what,
			 int limit)
{
	return arena_printf(suspects->arena, "%sSELECT %s %s LIMIT %d",
			    suspects->rows, what, suspects->wrong, limit);
}

/* A table that refers to one that is dropped, and has rows; or NULL. */
static const char *find_child(struct engine *engine, const char *parent,
			      struct arena *arena)
{
	STATEMENT(children);
	struct value table = value_text(parent), found;
	struct error ignored;
	error_init(&ignored, arena);
	if (engine_prepare(engine,
			   "SELECT DISTINCT t.name FROM sqlite_schema AS t, "
			   "pragma_foreign_key_list(t.name) AS f WHERE t.type "
			   "= 'table' AND f.\"table\" = $1 COLLATE NOCASE AND "
			   "t.name <> $1 COLLATE NOCASE",
			   &children, &ignored))
		return NULL;
	statement_bind(children, 1, table);
	while (statement_step(children, &ignored) == STEP_ROW) {
		const char *child = statement_text(children, 0, arena);
		if (!engine_query_one(engine,
				      arena_printf(arena, "SELECT 1 FROM %s",
						   sql_name(arena, child)),
				      NULL, 0, arena, &found, &ignored) &&
		    found.kind == VALUE_INTEGER)
			return child;
	}
	return NULL;
}

/* SQLite deletes the rows first, and others refer to them. */
static void hint_drop(struct engine *engine, const struct section *section,
		      const char *table, struct error *e)
{
	const struct row_counts none = { 0 };
	size_t done = (size_t)(engine_fault(engine).statement - section->text);
	const struct section before = {
		.text = arena_copy_n(e->arena, section->text, done),
	};
	struct trace_names names = trace_tables(&before, &none, e->arena);
	const char *child = find_child(engine, table, e->arena);
	if (child && tables_have(&names.news, table))
		error_hint(
			e,
			"rows of %s refer to it, as foreign keys follow a "
			"RENAME, but not with PRAGMA legacy_alter_table = ON "
			"and \"-- foreign_keys: off\" in the header",
			child);
	else if (child)
		error_hint(e,
			   "rows of %s refer to it: drop that before, or, if "
			   "%s is made anew, put \"-- foreign_keys: off\" into "
			   "the header",
			   child, table);
}

/* What a statement asks of the schema, rather than of rows. */
static void hint_schema(struct engine *engine, const struct section *section,
			const struct scan_statement *statement, struct error *e)
{
	const char *dropped = scan_dropped(scan_span(statement), e->arena);
	if (engine_fault(engine).kind == FAULT_FOREIGN_KEY && dropped)
		hint_drop(engine, section, dropped, e);
	if (strstr(e->message, "error in view ") ||
	    strstr(e->message, "error in trigger "))
		error_hint(e, "drop that before and make it again behind, or "
			      "put PRAGMA legacy_alter_table = ON in front");
}

void explain_fault(struct engine *engine, const struct section *section,
		   bool whole, struct error *e)
{
	struct suspects suspects = { .arena = e->arena };
	struct fault fault = engine_fault(engine);
	struct scan scan = scan_of(fault.statement ? fault.statement : "", 1);
	struct scan_statement statement;
	struct value count;
	struct error second;
	BUFFER(rows);
	error_init(&second, e->arena);
	/* A foreign key that was judged at the end. */
	if (!fault.statement && fault.kind == FAULT_FOREIGN_KEY)
		violations_show(engine, e);
	if (!scan_statement(&scan, &statement))
		return;
	hint_schema(engine, section, &statement, e);
	e->message = real_names(e->message, e->arena);
	take_rows(&suspects, engine, &statement);
	take_where(&suspects, &statement);
	/* Looking must not fail what has failed already. */
	if (!find_wrong(&suspects, engine, &fault) ||
	    engine_query_one(engine, query(&suspects, suspects.counted, 1),
			     NULL, 0, e->arena, &count, &second) ||
	    count.kind != VALUE_INTEGER || !count.integer ||
	    rows_show(engine, query(&suspects, suspects.shown, 5), &rows,
		      &second))
		return;
	e->message = arena_printf(e->arena, "%s, and %lld row%s in the way",
				  e->message, (long long)count.integer,
				  count.integer == 1 ? " is" : "s are");
	e->detail = arena_printf(e->arena, "%s\n%s", e->detail, rows.data);
	error_hint(e, "change the rows first; %s",
		   whole ? "nothing was changed"
			 : "what was committed before this stays");
}

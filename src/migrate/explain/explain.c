#include "migrate/explain/explain.h"

#include <string.h>

#include "migrate/explain/suspects.h"
#include "migrate/revision/scan.h"
#include "migrate/watch/audit_keys.h"
#include "migrate/watch/rows.h"
#include "migrate/watch/trace.h"
#include "schema/plan/change.h"

/* Replaces the name of a rebuild's new table by that of the old one. */
static const char *real_names(const char *message, struct arena *arena)
{
	BUFFER(text);

	for (const char *p = message; *p;) {
		if (strncmp(p, TEMPORARY_NEW, strlen(TEMPORARY_NEW)) == 0)
			p += strlen(TEMPORARY_NEW);
		else
			buffer_byte(&text, *p++);
	}
	return arena_copy(arena, buffer_string(&text));
}

/* A non-empty table that references a dropped one, or NULL. */
static const char *find_child(struct engine *engine, const char *parent,
			      struct arena *arena)
{
	STATEMENT(children);
	struct value table = value_text(parent), found;
	ERROR(ignored, arena);

	if (engine_prepare(engine,
			   "SELECT DISTINCT t.name FROM sqlite_schema AS t, "
			   "pragma_foreign_key_list(t.name) AS f WHERE t.type "
			   "= 'table' AND f.\"table\" = $1 COLLATE NOCASE AND "
			   "t.name <> $1 COLLATE NOCASE",
			   &children, &ignored) != OK)
		return NULL;
	statement_bind(children, 1, table);
	while (statement_next(children, &ignored)) {
		const char *child = statement_text(children, 0, arena);

		if (engine_query_one(engine,
				     arena_printf(arena, "SELECT 1 FROM %s",
						  sql_name(arena, child)),
				     NULL, 0, arena, &found, &ignored) == OK &&
		    found.kind == VALUE_INTEGER)
			return child;
	}
	return NULL;
}

/* DROP TABLE first deletes the rows, and others refer to them. */
static void hint_drop(struct engine *engine, const struct section *section,
		      const char *table, struct error *e)
{
	size_t done = (size_t)(engine_fault(engine).statement - section->text);
	const struct section before = {
		.text = arena_copy_n(e->arena, section->text, done),
	};
	struct trace_names names = trace_tables(&before, NULL, e->arena);
	const char *child = find_child(engine, table, e->arena);

	if (child && tables_have(&names.news, table))
		error_hint(e,
			   "rows of %s refer to it, because RENAME also "
			   "redirects foreign keys; to prevent that, set "
			   "PRAGMA legacy_alter_table = ON and add \"-- "
			   "foreign_keys: off\" to the header",
			   child);
	else if (child)
		error_hint(e,
			   "rows of %s refer to it: drop that table first, or, "
			   "to rebuild %s, add \"-- foreign_keys: off\" to the "
			   "header",
			   child, table);
}

/* Adds a hint if the schema, not a row, refused the statement. */
static void hint_schema(struct engine *engine, const struct section *section,
			struct span statement, struct error *e)
{
	const char *dropped = scan_dropped(statement, e->arena);

	if (engine_fault(engine).kind == FAULT_FOREIGN_KEY && dropped)
		hint_drop(engine, section, dropped, e);
	if (strstr(e->message, "error in view ") ||
	    strstr(e->message, "error in trigger "))
		error_hint(e, "drop it first and recreate it afterwards, or "
			      "begin with PRAGMA legacy_alter_table = ON");
}

/* Errors are ignored: e already has the one that matters. */
static bool find_offenders(struct engine *engine,
			   const struct suspects *suspects, struct value *count,
			   struct buffer *rows, struct arena *arena)
{
	bool found;
	ERROR(ignored, arena);

	found = row_copies_make(engine, &suspects->copy, suspects->ncopies,
				&ignored) == OK &&
		engine_query_one(engine, suspects->count, NULL, 0, arena, count,
				 &ignored) == OK &&
		count->kind == VALUE_INTEGER && count->integer &&
		rows_show(engine, suspects->show, rows, &ignored) == OK;
	row_copies_drop(engine, &suspects->copy, suspects->ncopies);
	return found;
}

/* A copy, as later statements overwrite the engine's fault. */
static struct fault copy_fault(const struct engine *engine, struct arena *arena)
{
	struct fault fault = engine_fault(engine);

	fault.name = arena_copy(arena, fault.name ? fault.name : "");
	return fault;
}

void explain_fault(struct engine *engine, const struct section *section,
		   bool whole, struct error *e)
{
	struct fault fault = copy_fault(engine, e->arena);
	struct scan scan = scan_of(fault.statement);
	struct span statement;
	struct suspects suspects;
	struct value count;
	BUFFER(rows);

	/* A deferred foreign key, checked at the end. */
	if (!fault.statement && fault.kind == FAULT_FOREIGN_KEY)
		violations_show(engine, e);
	if (!scan_statement(&scan, &statement))
		return;
	hint_schema(engine, section, statement, e);
	e->message = real_names(e->message, e->arena);
	if (!suspects_find(engine, statement, &fault, e->arena, &suspects) ||
	    !find_offenders(engine, &suspects, &count, &rows, e->arena))
		return;
	e->message = arena_printf(e->arena, "%s, and %lld row%s in the way",
				  e->message, (long long)count.integer,
				  count.integer == 1 ? " is" : "s are");
	e->detail = arena_printf(e->arena, "%s\n%s", e->detail, rows.data);
	error_hint(e, "change the rows first; %s",
		   whole ? "nothing was changed"
			 : "earlier statements stay committed");
}

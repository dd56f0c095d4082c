#include "migrate/watch/rows.h"

#include <string.h>

#include "engine/introspect.h"
#include "schema/model/read.h"
#include "schema/text/token.h"
#include "util/text.h"

static bool is_counted(const char *name, const char *kind)
{
	return strcmp(kind, "table") == 0 && strncmp(name, "sqlite_", 7) != 0 &&
	       !schema_is_bookkeeping(name);
}

bool tables_have(const struct names *tables, const char *name)
{
	for (size_t i = 0; i < tables->count; i++)
		if (name_equal(tables->items[i], name))
			return true;
	return false;
}

static enum status list_tables(struct engine *engine, struct arena *arena,
			       const struct names *only, struct row_counts *out,
			       struct error *e)
{
	STATEMENT(tables);

	if (engine_introspect(engine, INTROSPECT_TABLES, NULL, &tables, e) !=
	    OK)
		return e->status;
	while (statement_next(tables, e)) {
		const char *name = statement_text(tables, 1, arena);

		if (is_counted(name, statement_text(tables, 2, arena)) &&
		    (!only || tables_have(only, name)))
			LIST_ADD(arena, out->items, out->count)->table = name;
	}
	return e->status;
}

enum status rows_count(struct engine *engine, struct arena *arena,
		       const struct names *only, struct row_counts *out,
		       struct error *e)
{
	*out = (struct row_counts){ 0 };
	if (list_tables(engine, arena, only, out, e) != OK)
		return e->status;
	for (size_t i = 0; i < out->count; i++) {
		struct row_count *count = &out->items[i];
		struct value rows;

		if (engine_query_one(
			    engine,
			    arena_printf(arena, "SELECT count(*) FROM %s",
					 sql_name(arena, count->table)),
			    NULL, 0, arena, &rows, e) != OK)
			return e->status;
		count->rows = rows.integer;
	}
	return OK;
}

const struct row_count *rows_find(const struct row_counts *counts,
				  const char *table)
{
	for (size_t i = 0; i < counts->count; i++)
		if (name_equal(counts->items[i].table, table))
			return &counts->items[i];
	return NULL;
}

/* "    id 3, name ann" */
static void add_row(struct statement *row, struct buffer *out,
		    struct arena *arena)
{
	BUFFER(line);

	for (int i = 0; i < statement_columns(row); i++) {
		const char *value = statement_text(row, i, arena);

		buffer_printf(&line, "%s%s %s", i ? ", " : "",
			      statement_column_name(row, i),
			      value ? value : "NULL");
	}
	buffer_text(out, out->length ? "\n    " : "    ");
	text_visible(out, buffer_string(&line), line.length);
}

enum status rows_show(struct engine *engine, const char *sql,
		      struct buffer *out, struct error *e)
{
	STATEMENT(row);
	ARENA(arena);

	if (engine_prepare(engine, sql, &row, e) != OK)
		return e->status;
	while (statement_next(row, e))
		add_row(row, out, &arena);
	return e->status;
}

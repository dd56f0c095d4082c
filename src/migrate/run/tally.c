#include "migrate/run/tally.h"

#include "schema/model/read.h"
#include "util/buffer.h"

/* Columns counted at once; SQLite allows 2000 in a result. */
enum { AT_ONCE = 500 };

static const char *counting_sql(const struct table *table, size_t first,
				size_t end, struct arena *arena)
{
	BUFFER(sql);

	buffer_printf(&sql, "SELECT count(*)");
	for (size_t i = first; i < end; i++) {
		const struct column *column = &table->columns[i];

		if (column->generated == GENERATED_NOT)
			buffer_printf(&sql, ", count(%s)",
				      sql_name(arena, column->name));
		else
			buffer_printf(&sql, ", 0");
	}
	buffer_printf(&sql, " FROM %s", sql_name(arena, table->name));
	return arena_copy(arena, sql.data);
}

static enum status count_columns(struct engine *engine, struct arena *arena,
				 const struct table *table, size_t first,
				 size_t end, int64_t *counts, struct error *e)
{
	STATEMENT(row);
	const char *sql = counting_sql(table, first, end, arena);

	if (engine_prepare(engine, sql, &row, e) != OK)
		return e->status;
	if (statement_step(row, e) == STEP_FAILED)
		return e->status;
	counts[0] = statement_integer(row, 0);
	for (size_t i = first; i < end; i++)
		counts[1 + i] = statement_integer(row, (int)(1 + i - first));
	return OK;
}

static enum status count_table(struct engine *engine, struct arena *arena,
			       const struct table *table, int64_t *counts,
			       struct error *e)
{
	size_t first = 0;

	do {
		size_t end = table->ncolumns - first > AT_ONCE
				     ? first + AT_ONCE
				     : table->ncolumns;

		if (count_columns(engine, arena, table, first, end, counts,
				  e) != OK)
			return e->status;
		first = end;
	} while (first < table->ncolumns);
	return OK;
}

/*
 * A virtual table that cannot be read (a full-text index whose documents are
 * gone, say) must not stop the run: what it loses is unknown.
 */
static enum status count_any(struct engine *engine, struct arena *arena,
			     const struct table *table, int64_t *counts,
			     struct error *e)
{
	ERROR(second, e->arena);

	if (table->kind == TABLE_VIEW)
		return OK;
	if (table->kind == TABLE_ORDINARY)
		return count_table(engine, arena, table, counts, e);
	if (count_table(engine, arena, table, counts, &second) != OK)
		counts[0] = 0;
	return OK;
}

enum status tally_read(struct engine *engine, struct arena *arena,
		       struct tally *out, struct error *e)
{
	const struct schema *schema;

	if (schema_read(engine, arena, &out->schema, e) != OK)
		return e->status;
	schema = out->schema;
	out->counts = arena_array(arena, schema->ntables, sizeof(*out->counts));
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];

		out->counts[i] = arena_array(arena, table->ncolumns + 1,
					     sizeof(**out->counts));
		if (count_any(engine, arena, table, out->counts[i], e) != OK)
			return e->status;
	}
	return OK;
}

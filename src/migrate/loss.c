#include "migrate/loss.h"

#include "schema/read.h"
#include "util/buffer.h"

static enum status count(const struct run *run, const char *what,
			 const char *table, int64_t *rows, struct error *e)
{
	struct arena *arena = run->site->arena;
	struct value value = value_integer(0);
	enum status status = engine_query_one(
		run->site->engine,
		arena_printf(arena, "SELECT count(%s) FROM %s", what,
			     sql_name(arena, table)),
		NULL, 0, arena, &value, e);
	*rows = value.integer;
	return status;
}

static void add(struct buffer *buffer, int64_t rows, const char *what,
		const char *table, const char *column)
{
	if (rows)
		buffer_printf(buffer, "%s%lld %s%s of %s%s%s",
			      buffer->length ? ", " : "", (long long)rows, what,
			      rows == 1 ? "" : "s", table, column ? "." : "",
			      column ? column : "");
}

/* As many columns as before: what is gone was renamed. */
static enum status compare_columns(const struct run *run,
				   const struct table *before,
				   const struct table *after,
				   struct buffer *buffer, struct error *e)
{
	enum status status = OK;
	for (size_t i = 0; !status && i < before->ncolumns; i++) {
		const struct column *column = &before->columns[i];
		int64_t rows;
		if (after->ncolumns >= before->ncolumns ||
		    column->generated != GENERATED_NOT ||
		    table_find_column(after, column->name))
			continue;
		status = count(run, sql_name(run->site->arena, column->name),
			       before->name, &rows, e);
		if (!status)
			add(buffer, rows, "value", before->name, column->name);
	}
	return status;
}

static size_t ordinary_tables(const struct schema *schema)
{
	size_t tables = 0;
	for (size_t i = 0; i < schema->ntables; i++)
		tables += schema->tables[i].kind != TABLE_VIEW;
	return tables;
}

static enum status compare(const struct run *run, const struct schema *before,
			   const struct schema *after, struct buffer *buffer,
			   struct error *e)
{
	bool fewer = ordinary_tables(after) < ordinary_tables(before);
	enum status status = OK;
	for (size_t i = 0; !status && i < before->ntables; i++) {
		const struct table *table = &before->tables[i];
		const struct table *now = schema_find_table(after, table->name);
		int64_t rows = 0;
		if (table->kind == TABLE_VIEW)
			continue;
		if (now)
			status = compare_columns(run, table, now, buffer, e);
		else if (fewer)
			status = count(run, "*", table->name, &rows, e);
		add(buffer, rows, "row", table->name, NULL);
	}
	return status;
}

enum status loss_find(struct run *run, const char **lost, struct error *e)
{
	struct arena *arena = run->site->arena;
	struct schema *before, *after;
	BUFFER(buffer);
	*lost = NULL;
	enum status status = schema_read(run->site->engine, arena, &before, e);
	if (!status)
		status = run_rehearse(run, &after, e);
	if (!status)
		status = compare(run, before, after, &buffer, e);
	if (!status && buffer.length)
		*lost = arena_copy(arena, buffer.data);
	return status;
}

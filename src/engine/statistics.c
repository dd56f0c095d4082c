/* ANALYZE's statistics, which SQLite drops with a rebuilt table. */
#include "engine/introspect.h"
#include "engine/sqlite.h"

enum status engine_statistics(struct engine *engine, struct arena *arena,
			      struct statistics *out, struct error *e)
{
	STATEMENT(row);

	*out = (struct statistics){ .count = 0 };
	if (!engine_has_table(engine, "sqlite_stat1"))
		return OK;
	if (engine_prepare(engine,
			   "SELECT name, rootpage FROM sqlite_schema WHERE "
			   "type = 'table' AND name COLLATE NOCASE IN "
			   "(SELECT tbl FROM sqlite_stat1)",
			   &row, e) != OK)
		return e->status;
	while (statement_next(row, e))
		*LIST_ADD(arena, out->tables, out->count) = (struct analyzed){
			.name = statement_text(row, 0, arena),
			.root = statement_integer(row, 1),
		};
	return e->status;
}

/* The current name of an analyzed table that lost its statistics: rebuilt under
   its name, or renamed, which keeps its root page. */
#define BARE \
	"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN " \
	"(SELECT tbl FROM sqlite_stat1) AND (name = $1 OR rootpage = $2) " \
	"ORDER BY name = $1 DESC"

static enum status analyze_again(struct engine *engine,
				 const struct analyzed *table, struct error *e)
{
	ARENA(arena);
	const struct value values[] = {
		value_text(table->name),
		value_integer(table->root),
	};
	struct value name;

	if (engine_query_one(engine, BARE, values, 2, &arena, &name, e) != OK ||
	    name.kind != VALUE_TEXT)
		return e->status;
	/* A table that SQLite cannot read, lacking a collation, is skipped. */
	ERROR(ignored, &arena);
	if (engine_run(engine,
		       arena_printf(&arena, "ANALYZE main.%s",
				    sql_name(&arena, name.data)),
		       NULL, 0, &ignored) != OK &&
	    ignored.status != FAILED)
		return fail(e, ignored.status, "%s", ignored.message);
	return OK;
}

enum status engine_restore_statistics(struct engine *engine,
				      const struct statistics *before,
				      struct error *e)
{
	if (!before->count || !engine_has_table(engine, "sqlite_stat1"))
		return OK;
	for (size_t i = 0; i < before->count; i++)
		if (analyze_again(engine, &before->tables[i], e) != OK)
			return e->status;
	return OK;
}

#include "engine/introspect.h"

#include "engine/sqlite.h"

/* sqlite.org/pragma.html */
static const char *const queries[] = {
	[INTROSPECT_OBJECTS] =
		("SELECT name, type, tbl_name, sql FROM sqlite_schema "
		 "ORDER BY rowid"),
	[INTROSPECT_TABLES] = "PRAGMA table_list",
	[INTROSPECT_COLUMNS] = "PRAGMA main.table_xinfo",
	[INTROSPECT_FOREIGN_KEYS] = "PRAGMA main.foreign_key_list",
	[INTROSPECT_INDEXES] = "PRAGMA main.index_list",
	[INTROSPECT_INDEX_COLUMNS] = "PRAGMA main.index_xinfo",
};

enum status engine_introspect(struct engine *engine,
			      enum introspect_query query, const char *name,
			      struct statement **out, struct error *e)
{
	ARENA(arena);

	if (!name)
		return engine_prepare(engine, queries[query], out, e);
	return engine_prepare(engine,
			      arena_printf(&arena, "%s(%s)", queries[query],
					   sql_name(&arena, name)),
			      out, e);
}

bool engine_has_table(const struct engine *engine, const char *name)
{
	return sqlite3_table_column_metadata(engine->db, "main", name, NULL,
					     NULL, NULL, NULL, NULL,
					     NULL) == SQLITE_OK;
}

enum status engine_schema_version(struct engine *engine, int64_t *version,
				  struct error *e)
{
	STATEMENT(statement);

	if (engine_prepare(engine, "PRAGMA schema_version", &statement, e) !=
	    OK)
		return e->status;
	if (statement_step(statement, e) == STEP_FAILED)
		return e->status;
	*version = statement_integer(statement, 0);
	return OK;
}

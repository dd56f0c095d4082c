/* sqlite.org/c3ref/preupdate_blobwrite.html; declared only with this macro. */
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <string.h>

#include "engine/sqlite.h"

static void report_row(const struct engine *engine, int action,
		       const char *table, bool along)
{
	if (action == SQLITE_INSERT)
		engine->row(engine->row_data, table, ROW_ADDED);
	else if (action == SQLITE_DELETE)
		engine->row(engine->row_data, table,
			    along ? ROW_DELETED_INDIRECTLY : ROW_DELETED);
	else if (along)
		engine->row(engine->row_data, table, ROW_CHANGED_INDIRECTLY);
}

static void on_row(void *data, sqlite3 *db, int action, const char *database,
		   const char *table, sqlite3_int64 old, sqlite3_int64 new)
{
	const struct engine *engine = data;

	(void)new;
	if (strcmp(database, "main") != 0)
		return;
	if (engine->row)
		report_row(engine, action, table,
			   sqlite3_preupdate_depth(db) > 0);
	if (engine->change)
		engine->change(engine->change_data, action, table, old);
}

/* The hook is never removed: SQLite compiles some statements differently with a
   hook, and compiled statements are reused. */
static void hook(struct engine *engine)
{
	sqlite3_preupdate_hook(engine->db, on_row, engine);
}

void engine_on_row(struct engine *engine, engine_row *row, void *data)
{
	engine->row = row;
	engine->row_data = data;
	hook(engine);
}

void engine_on_change(struct engine *engine, engine_change *change, void *data)
{
	engine->change = change;
	engine->change_data = data;
	engine->reverted = false;
	hook(engine);
}

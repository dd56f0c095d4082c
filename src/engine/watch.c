/* sqlite.org/c3ref/preupdate_blobwrite.html; declared only with this macro. */
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <string.h>

#include "engine/sqlite.h"

static void on_row(void *data, sqlite3 *db, int action, const char *database,
		   const char *table, sqlite3_int64 old, sqlite3_int64 new)
{
	const struct engine *engine = data;
	bool along = sqlite3_preupdate_depth(db) > 0;

	(void)old;
	(void)new;
	if (strcmp(database, "main") != 0)
		return;
	if (action == SQLITE_INSERT)
		engine->row(engine->row_data, table, ROW_ADDED);
	else if (action == SQLITE_DELETE)
		engine->row(engine->row_data, table,
			    along ? ROW_DELETED_INDIRECTLY : ROW_DELETED);
	else if (along)
		engine->row(engine->row_data, table, ROW_CHANGED_INDIRECTLY);
}

void engine_on_row(struct engine *engine, engine_row *row, void *data)
{
	engine->row = row;
	engine->row_data = data;
	sqlite3_preupdate_hook(engine->db, row ? on_row : NULL, engine);
}

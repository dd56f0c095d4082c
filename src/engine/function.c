/* SQL functions that other engines have under another name. */
#include "engine/sqlite.h"
#include "util/text.h"

static void call_contains(sqlite3_context *context, int count,
			  sqlite3_value **values)
{
	const char *text = (const char *)sqlite3_value_text(values[0]);
	const char *part = (const char *)sqlite3_value_text(values[1]);

	(void)count;
	if (text && part)
		sqlite3_result_int(
			context,
			text_contains(
				text, (size_t)sqlite3_value_bytes(values[0]),
				part, (size_t)sqlite3_value_bytes(values[1])));
}

void engine_add_functions(struct engine *engine)
{
	/* Not usable in a schema, which other programs must be able to read. */
	sqlite3_create_function_v2(engine->db, "taskmgr_contains", 2,
				   SQLITE_UTF8 | SQLITE_DETERMINISTIC |
					   SQLITE_DIRECTONLY,
				   NULL, call_contains, NULL, NULL, NULL);
}

const char *sql_contains(struct arena *arena, const char *text,
			 const char *part)
{
	return arena_printf(arena, "taskmgr_contains(%s, %s)", text, part);
}

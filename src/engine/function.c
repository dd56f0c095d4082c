/* SQL functions that other engines have under another name. */
#include "engine/sql.h"
#include "engine/sqlite.h"
#include "util/packed.h"
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

/*
 * Rows within a row: an aggregate packs the rows of a subquery into one value,
 * exactly as they are stored, which JSON functions would not
 * (sqlite.org/json1.html: no blobs, no bytes that are not UTF-8).
 */

/* SQLITE_MAX_FUNCTION_ARG is 127 (sqlite.org/limits.html). */
enum { ARGUMENTS = 100 };

static void call_row(sqlite3_context *context, int count,
		     sqlite3_value **values)
{
	BUFFER(row);

	for (int i = 0; i < count; i++)
		packed_add(&row, engine_value(values[i]));
	sqlite3_result_blob64(context, buffer_string(&row), row.length,
			      SQLITE_TRANSIENT);
}

static void refuse_size(sqlite3_context *context, size_t most)
{
	char *text = sqlite3_mprintf("the related rows of one row take more "
				     "than %d MB",
				     (int)(most / 1000000));

	sqlite3_result_error(context, text ? text : "", -1);
	sqlite3_result_error_code(context, SQLITE_TOOBIG);
	sqlite3_free(text);
}

static void step_rows(sqlite3_context *context, int count,
		      sqlite3_value **values)
{
	const struct engine *engine = sqlite3_user_data(context);
	struct buffer *rows = sqlite3_aggregate_context(context, sizeof(*rows));

	if (!rows) {
		sqlite3_result_error_nomem(context);
		return;
	}
	for (int i = 0; i < count; i++) {
		const struct value part = engine_value(values[i]);

		if (rows->length + part.length > engine->most_nested) {
			refuse_size(context, engine->most_nested);
			return;
		}
		buffer_add(rows, part.data ? part.data : "", part.length);
	}
}

static void end_rows(sqlite3_context *context)
{
	struct buffer *rows = sqlite3_aggregate_context(context, 0);

	if (!rows || !rows->data) {
		sqlite3_result_zeroblob(context, 0);
		return;
	}
	sqlite3_result_blob64(context, rows->data, rows->length, free);
	*rows = (struct buffer){ .data = NULL };
}

void engine_add_functions(struct engine *engine)
{
	/* Not usable in a schema, which other programs must be able to read. */
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC |
			  SQLITE_DIRECTONLY;

	sqlite3_create_function_v2(engine->db, "taskmgr_contains", 2, flags,
				   NULL, call_contains, NULL, NULL, NULL);
	sqlite3_create_function_v2(engine->db, "taskmgr_row", -1, flags, NULL,
				   call_row, NULL, NULL, NULL);
	sqlite3_create_function_v2(engine->db, "taskmgr_rows", -1, flags,
				   engine, NULL, step_rows, end_rows, NULL);
	/* SQLite's own limit for a value. */
	engine->most_nested = (size_t)sqlite3_limit(engine->db,
						    SQLITE_LIMIT_LENGTH, -1);
}

void engine_limit_nested(struct engine *engine, size_t bytes)
{
	engine->most_nested = bytes;
}

const char *sql_contains(struct arena *arena, const char *text,
			 const char *part)
{
	return arena_printf(arena, "taskmgr_contains(%s, %s)", text, part);
}

const char *sql_nested_name(struct arena *arena, size_t column)
{
	return arena_printf(arena, "\"#%zu\"", column);
}

const char *sql_nested(struct arena *arena, const char *select, size_t ncolumns)
{
	BUFFER(sql);

	buffer_text(&sql, "(SELECT taskmgr_rows(");
	for (size_t i = 0; i < ncolumns; i++) {
		buffer_text(&sql, i == 0               ? "taskmgr_row("
				  : i % ARGUMENTS == 0 ? "), taskmgr_row("
						       : ", ");
		buffer_text(&sql, sql_nested_name(arena, i));
	}
	buffer_printf(&sql, "%s) FROM (%s))", ncolumns ? ")" : "", select);
	return arena_copy(arena, sql.data);
}

static const struct {
	const char *name, *format, *time;
} date_parts[] = {
	{ "year", "%Y", NULL },
	{ "month", "%Y-%m", NULL },
	{ "day", "%Y-%m-%d", NULL },
	{ "hour", "%Y-%m-%d %H", "%H" },
	{ "minute", "%Y-%m-%d %H:%M", "%H:%M" },
};

/* A week belongs to the year of its Thursday. */
static const char *week_sql(struct arena *arena, const char *value,
			    const char *epoch)
{
	const char *thursday = arena_printf(
		arena, "%s%s, '-3 days', 'weekday 4'", value, epoch);

	return arena_printf(arena,
			    "(strftime('%%Y-W', %s) || substr('0' || "
			    "((strftime('%%j', %s) - 1) / 7 + 1), -2))",
			    thursday, thursday);
}

const char *sql_date_part(struct arena *arena, const char *value,
			  const char *part, enum type type)
{
	const char *modifier = type == TYPE_INTEGER ? ", 'unixepoch'" : "";

	if (strcmp(part, "week") == 0 && type != TYPE_TIME)
		return week_sql(arena, value, modifier);
	for (size_t i = 0; i < sizeof(date_parts) / sizeof(*date_parts); i++) {
		const char *format = type == TYPE_TIME ? date_parts[i].time
						       : date_parts[i].format;

		if (format && strcmp(part, date_parts[i].name) == 0)
			return arena_printf(arena, "strftime('%s', %s%s)",
					    format, value, modifier);
	}
	return NULL;
}

#include "engine/change/recorded.h"

#include <string.h>

#include "engine/introspect.h"
#include "util/text.h"

enum status recorded_begin(struct engine *engine, struct error *e)
{
	int64_t version;

	if (engine_schema_version(engine, &version, e) != OK)
		return e->status;
	if (version == engine->recorded_version)
		return OK;
	arena_clear(&engine->recorded_memory);
	engine->recorded = NULL;
	engine->recorded_version = version;
	return OK;
}

static const char *column_text(sqlite3_stmt *row, int column,
			       struct arena *arena)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	return arena_copy(arena, text ? text : "");
}

/* The CREATE TABLE, and whether the table stores the content of a virtual one,
   such as a full-text index. */
static const char definition_sql[] =
	"SELECT sql, EXISTS (SELECT 1 FROM sqlite_schema AS v WHERE "
	"v.rootpage = 0 AND v.type = 'table' AND "
	"substr(?1, 1, length(v.name) + 1) = v.name || '_') "
	"FROM sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE";

static bool read_definition(sqlite3 *db, struct recorded_table *table,
			    struct arena *arena)
{
	sqlite3_stmt *row = NULL;

	if (sqlite3_prepare_v2(db, definition_sql, -1, &row, NULL) != SQLITE_OK)
		return false;
	sqlite3_bind_text(row, 1, table->name, -1, SQLITE_STATIC);
	if (sqlite3_step(row) == SQLITE_ROW) {
		table->sql = column_text(row, 0, arena);
		if (sqlite3_column_int(row, 1))
			table->reason = "it changed a virtual table";
	}
	return sqlite3_finalize(row) == SQLITE_OK;
}

/* sqlite.org/datatype3.html, "Determination Of Column Affinity" */
static bool is_real(const char *type)
{
	static const char *const others[] = { "INT", "CHAR", "CLOB", "TEXT",
					      "BLOB" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcasestr(type, others[i]))
			return false;
	return strcasestr(type, "REAL") || strcasestr(type, "FLOA") ||
	       strcasestr(type, "DOUB");
}

/* Adds the column in a row of PRAGMA table_xinfo; returns whether SQLite
   computes it. */
static bool add_column(sqlite3_stmt *row, struct recorded_table *table,
		       struct arena *arena)
{
	struct recorded_column *column = LIST_ADD(arena, table->columns,
						  table->ncolumns);
	const char *name = (const char *)sqlite3_column_text(row, 1);
	const char *type = (const char *)sqlite3_column_text(row, 2);

	column->key = sqlite3_column_int(row, 5);
	column->real = type && is_real(type);
	column->has_default = sqlite3_column_type(row, 4) != SQLITE_NULL;
	table->rowid_hidden |= sqlite3_stricmp(name, "_rowid_") == 0;
	return sqlite3_column_int(row, 6) > 1;
}

static bool read_columns(sqlite3 *db, struct recorded_table *table,
			 struct arena *arena)
{
	const char *pragma = arena_printf(arena, "PRAGMA main.table_xinfo(%s)",
					  sql_name(arena, table->name));
	bool computed = false, keyed = false;
	sqlite3_stmt *row = NULL;

	if (sqlite3_prepare_v2(db, pragma, -1, &row, NULL) != SQLITE_OK)
		return false;
	while (sqlite3_step(row) == SQLITE_ROW)
		computed |= add_column(row, table, arena);
	if (sqlite3_finalize(row) != SQLITE_OK)
		return false;
	for (size_t i = 0; i < table->ncolumns; i++)
		keyed |= table->columns[i].key;
	if (!table->reason && (!keyed || computed))
		table->reason = arena_printf(arena, "%s has %s", table->name,
					     keyed ? "computed columns"
						   : "no primary key");
	return true;
}

uint64_t recorded_hash(uint64_t hash, const struct recorded_table *table)
{
	hash = text_hash(hash, table->name, strlen(table->name));
	return text_hash(hash, table->sql, strlen(table->sql));
}

const struct recorded_table *recorded_table(struct engine *engine,
					    const char *name)
{
	struct arena *arena = &engine->recorded_memory;
	struct recorded_table *table = engine->recorded;

	while (table && strcmp(table->name, name) != 0)
		table = table->next;
	if (table)
		return table;
	table = arena_zero(arena, sizeof(*table));
	table->name = arena_copy(arena, name);
	table->sql = "";
	if (!read_definition(engine->db, table, arena) ||
	    !read_columns(engine->db, table, arena)) {
		/* Not kept: the next attempt may not be interrupted. */
		table->reason = "SQLite could not record it";
		return table;
	}
	table->hash = recorded_hash(TEXT_HASH, table);
	table->next = engine->recorded;
	engine->recorded = table;
	return table;
}

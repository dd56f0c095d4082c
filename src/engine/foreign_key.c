#include <string.h>

#include "engine/sqlite.h"

bool engine_has_pending(const struct engine *engine)
{
	int current = 0, highest = 0;

	sqlite3_db_status(engine->db, SQLITE_DBSTATUS_DEFERRED_FKS, &current,
			  &highest, 0);
	return current;
}

enum status engine_check_deferred(struct engine *engine, struct error *e)
{
	if (!engine_has_pending(engine))
		return OK;
	engine->fault = (struct fault){ .kind = FAULT_FOREIGN_KEY };
	return fail(e, CONFLICT, "FOREIGN KEY constraint failed");
}

static bool is_mismatch(const struct error *failure)
{
	return strstr(failure->message, "foreign key mismatch");
}

bool engine_is_mismatched(struct engine *engine, const char *table)
{
	ARENA(arena);
	struct value ignored;
	ERROR(failure, &arena);

	return engine_query_one(engine,
				arena_printf(&arena,
					     "EXPLAIN INSERT INTO %s DEFAULT "
					     "VALUES",
					     sql_name(&arena, table)),
				NULL, 0, &arena, &ignored, &failure) != OK &&
	       is_mismatch(&failure);
}

/*
 * The pragma does nothing inside a transaction; this does.  Switching while a
 * violation is pending must be refused, because SQLite's counter of those
 * (sqlite3FkCheck) would miss their end.
 */
enum status engine_set_foreign_keys(struct engine *engine, bool on,
				    struct error *e)
{
	int is = -1;
	int code;

	if (engine_check_deferred(engine, e) != OK)
		return e->status;
	code = sqlite3_db_config(engine->db, SQLITE_DBCONFIG_ENABLE_FKEY, on,
				 &is);
	if (code != SQLITE_OK)
		return engine_fail(engine, code, e);
	return is == on ? OK
			: fail(e, FAILED, "foreign keys cannot be switched");
}

enum status engine_defer_foreign_keys(struct engine *engine, struct error *e)
{
	engine->deferring = true;
	return engine_exec(engine, "PRAGMA defer_foreign_keys = ON", e);
}

/* A column's value as text that survives a change of its type: 7.0 becomes 7,
   as does '7'. */
#define PLAIN \
	"'ifnull(CAST(CASE typeof(c.\"%w\") WHEN ''real'' THEN " \
	"CAST(CAST(c.\"%w\" AS TEXT) AS NUMERIC) ELSE c.\"%w\" END AS " \
	"TEXT), '''')'"

/*
 * For table $1, called c: the names and values of its primary key; for its
 * foreign key $2: its values and the condition for rows that violate it.
 */
static const char reading_sql[] =
	"SELECT (SELECT group_concat(name) FROM (SELECT name FROM "
	"pragma_table_info($1) WHERE pk ORDER BY pk)), "
	"(SELECT group_concat(printf(" PLAIN ", name, name, name), "
	"'||'',''||') FROM (SELECT name FROM pragma_table_info($1) WHERE pk "
	"ORDER BY pk)), "
	"group_concat(printf(" PLAIN ", f.\"from\", f.\"from\", f.\"from\"), "
	"'||'',''||'), "
	"printf('%s' || iif(EXISTS (SELECT 1 FROM sqlite_schema WHERE type = "
	"'table' AND name = f.\"table\" COLLATE NOCASE), ' AND NOT EXISTS "
	"(SELECT 1 FROM \"%w\" AS p WHERE %s)', ''), "
	"group_concat(printf('c.\"%w\" NOT NULL', f.\"from\"), ' AND '), "
	"f.\"table\", "
	"group_concat(printf('p.\"%w\" = +c.\"%w\"', ifnull(f.\"to\", k.name), "
	"f.\"from\"), ' AND ')) "
	"FROM pragma_foreign_key_list($1) AS f LEFT JOIN "
	"pragma_table_info(f.\"table\") AS k ON f.\"to\" IS NULL AND k.pk = "
	"f.seq + 1 WHERE f.id = $2";

/* A foreign key being checked, and the queries that describe its violations. */
struct key_reading {
	struct engine *engine;
	struct arena *arena;
	engine_violation *visit;
	void *data;
	const char *table;
	int64_t id; /* -1: none yet */
	const char *key_columns;
	const char *one, *all; /* queries */
	bool reported;         /* a row has been reported by these queries */
};

static enum status read_key(struct key_reading *reading, int64_t id,
			    struct error *e)
{
	STATEMENT(how);
	const char *table = sql_name(reading->arena, reading->table);
	const char *key, *values;

	if (engine_prepare(reading->engine, reading_sql, &how, e) != OK)
		return e->status;
	statement_bind(how, 1, value_text(reading->table));
	statement_bind(how, 2, value_integer(id));
	if (statement_step(how, e) != STEP_ROW)
		return e->status;
	reading->id = id;
	reading->reported = false;
	reading->key_columns = statement_text(how, 0, reading->arena);
	key = statement_text(how, 1, reading->arena);
	values = statement_text(how, 2, reading->arena);
	reading->one = arena_printf(
		reading->arena, "SELECT %s, %s FROM %s AS c WHERE rowid = $1",
		key ? key : "''", values, table);
	reading->all = arena_printf(reading->arena,
				    "SELECT %s, %s FROM %s AS c WHERE %s",
				    key ? key : "''", values, table,
				    statement_text(how, 3, reading->arena));
	return OK;
}

static enum status report_rows(struct key_reading *reading,
			       struct violation *found, struct statement *rows,
			       struct error *e)
{

	found->key_columns = reading->key_columns;
	while (statement_next(rows, e)) {
		ARENA(arena);

		found->key = statement_text(rows, 0, &arena);
		found->values = statement_text(rows, 1, &arena);
		reading->visit(reading->data, found);
		reading->reported = true;
	}
	return e->status;
}

static enum status report_all_rows(struct key_reading *reading,
				   struct violation *found, struct error *e)
{
	STATEMENT(rows);

	return engine_prepare(reading->engine, reading->all, &rows, e) != OK
		       ? e->status
		       : report_rows(reading, found, rows, e);
}

static enum status report_one_row(struct key_reading *reading,
				  struct violation *found, struct error *e)
{
	STATEMENT(rows);

	reading->reported = false;
	if (engine_prepare(reading->engine, reading->one, &rows, e) != OK)
		return e->status;
	statement_bind(rows, 1, value_integer(found->rowid));
	return report_rows(reading, found, rows, e);
}

static enum status report_violation(struct key_reading *reading,
				    struct violation *found, bool has_rowid,
				    struct error *e)
{
	/* Without rowids the first violation reports all rows. */
	if (!has_rowid && reading->reported)
		return OK;
	if ((has_rowid ? report_one_row : report_all_rows)(reading, found, e) !=
	    OK)
		return e->status;
	/* A column named rowid may not be one. */
	if (!reading->reported)
		reading->visit(reading->data, found);
	return OK;
}

static enum status check_table(struct key_reading *reading, struct error *e)
{
	STATEMENT(rows);

	reading->id = -1;
	if (engine_prepare(reading->engine,
			   "SELECT rowid, parent, fkid FROM "
			   "pragma_foreign_key_check($1) ORDER BY fkid",
			   &rows, e) != OK)
		return e->status;
	statement_bind(rows, 1, value_text(reading->table));
	while (statement_next(rows, e)) {
		ARENA(arena);
		bool has_rowid = statement_value(rows, 0).kind != VALUE_NULL;
		struct violation found = {
			.table = reading->table,
			.rowid = statement_integer(rows, 0),
			.parent = statement_text(rows, 1, &arena),
		};
		int64_t id = statement_integer(rows, 2);

		if ((id != reading->id && read_key(reading, id, e) != OK) ||
		    report_violation(reading, &found, has_rowid, e) != OK)
			return e->status;
	}
	return e->status;
}

/*
 * A foreign key to columns that are not a key makes the pragma fail for all
 * ("foreign key mismatch").  It is reported as a violation without a row,
 * followed by those rows that can be determined.
 */
static enum status report_mismatch(struct key_reading *reading, struct error *e)
{
	STATEMENT(keys);
	struct violation mismatch = { .table = reading->table };

	reading->visit(reading->data, &mismatch);
	if (engine_prepare(reading->engine,
			   "SELECT DISTINCT id, \"table\" FROM "
			   "pragma_foreign_key_list($1)",
			   &keys, e) != OK)
		return e->status;
	statement_bind(keys, 1, value_text(reading->table));
	while (statement_next(keys, e)) {
		ARENA(arena);
		struct violation found = {
			.table = reading->table,
			.parent = statement_text(keys, 1, &arena),
		};
		ERROR(missing, &arena);

		if (read_key(reading, statement_integer(keys, 0), e) != OK)
			return e->status;
		/* The referenced column may not exist. */
		if (report_all_rows(reading, &found, &missing) != OK)
			continue;
	}
	return e->status;
}

enum status engine_foreign_key_check(struct engine *engine,
				     engine_violation *visit, void *data,
				     struct error *e)
{
	ARENA(arena);
	STATEMENT(tables);
	struct key_reading reading = {
		.engine = engine,
		.arena = &arena,
		.visit = visit,
		.data = data,
	};

	if (engine_prepare(engine,
			   "SELECT name FROM sqlite_schema WHERE type = "
			   "'table'",
			   &tables, e) != OK)
		return e->status;
	while (statement_next(tables, e)) {
		ERROR(failure, &arena);

		reading.table = statement_text(tables, 0, &arena);
		if (check_table(&reading, &failure) == OK)
			continue;
		if (!is_mismatch(&failure))
			return fail(e, failure.status, "%s", failure.message);
		if (report_mismatch(&reading, e) != OK)
			return e->status;
	}
	return e->status;
}

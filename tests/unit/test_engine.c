/* The database door: URLs, statements, transactions, scripts, faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "engine/engine.h"
#include "engine/introspect.h"

struct fixture {
	struct arena arena;
	struct error e;
	struct engine *engine;
};

static const char schema[] =
	"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
	"n INT CHECK (n > 0), up INT REFERENCES t (id));";

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	const struct script script = { .text = schema };

	arena_init(&f->arena);
	error_init(&f->e, &f->arena);
	assert_int_equal(engine_open("sqlite://", 0, &f->engine, &f->e), OK);
	assert_int_equal(engine_script(f->engine, &script, &f->e), OK);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	engine_close(f->engine);
	arena_clear(&f->arena);
	free(f);
	return 0;
}

static enum status run(struct fixture *f, const char *sql)
{
	error_init(&f->e, &f->arena);
	return engine_run(f->engine, sql, NULL, 0, &f->e);
}

static int64_t count(struct fixture *f)
{
	struct value value;

	assert_int_equal(engine_query_one(f->engine, "SELECT count(*) FROM t",
					  NULL, 0, &f->arena, &value, &f->e),
			 OK);
	return value.integer;
}

static void test_paths(void **state)
{
	static const struct {
		const char *url, *path;
	} rows[] = {
		{ "sqlite:///a.db", "a.db" },
		{ "sqlite:////var/a.db", "/var/a.db" },
		{ "sqlite://", NULL },
		{ "sqlite:///:memory:", NULL },
		{ "sqlite+aiosqlite:///a.db", "a.db" },
		{ "sqlite+pysqlite:////var/a.db", "/var/a.db" },
		{ "sqlite+aiosqlite://", NULL },
		{ "sqlite3:///a.db", NULL },
		{ "sqlite+x", "sqlite+x" },
		{ ":memory:", NULL },
		{ "a.db", "a.db" },
		{ "./x/a b.db", "./x/a b.db" },
		{ "postgresql://h/d", NULL },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *path = engine_path(rows[i].url, &f->arena);

		if (rows[i].path)
			assert_string_equal(path, rows[i].path);
		else
			assert_null(path);
	}
	assert_string_equal(
		engine_url_rebase("sqlite:///a.db", "/srv", &f->arena),
		"sqlite:////srv/a.db");
	assert_string_equal(engine_url_rebase("/x/a.db", "/srv", &f->arena),
			    "/x/a.db");
}

static void test_missing(void **state)
{
	struct fixture *f = *state;
	ENGINE(engine);

	assert_int_equal(engine_open("/nowhere/a.db", 0, &engine, &f->e),
			 SCHEMA);
	assert_string_equal(f->e.hint, "create it with: taskmgr db upgrade");
	assert_int_equal(engine_open("/", 0, &engine, &f->e), FAILED);
	assert_int_equal(engine_open("mysql://x/y", 0, &engine, &f->e), USAGE);
}

/* $2 before $1, and $1 twice: numbers, not order, are what counts. */
static void test_bind(void **state)
{
	const struct value values[] = { value_integer(1), value_text("two") };
	struct fixture *f = *state;
	struct value value;

	assert_int_equal(engine_query_one(f->engine, "SELECT $2 || $1 || $1",
					  values, 2, &f->arena, &value, &f->e),
			 OK);
	assert_string_equal(value.data, "two11");
}

static enum status insert_two(struct engine *engine, void *data,
			      struct error *e)
{
	const char *second = data;

	if (engine_run(engine, "INSERT INTO t (name) VALUES ('a')", NULL, 0,
		       e) != OK)
		return e->status;
	return engine_run(engine, second, NULL, 0, e);
}

static void test_transaction(void **state)
{
	char good[] = "INSERT INTO t (name) VALUES ('b')";
	char bad[] = "INSERT INTO t (name) VALUES ('a')";
	struct fixture *f = *state;

	assert_int_equal(engine_transaction(f->engine, TRANSACTION_WRITE,
					    insert_two, bad, &f->e),
			 CONFLICT);
	assert_int_equal(count(f), 0);
	error_init(&f->e, &f->arena);
	assert_int_equal(engine_dry_run(f->engine, insert_two, good, &f->e),
			 OK);
	assert_int_equal(count(f), 0);
	assert_int_equal(engine_transaction(f->engine, TRANSACTION_WRITE,
					    insert_two, good, &f->e),
			 OK);
	assert_int_equal(count(f), 2);
}

static void test_faults(void **state)
{
	static const struct {
		const char *sql;
		enum status status;
		enum fault_kind kind;
		const char *name;
	} rows[] = {
		{ "INSERT INTO t (id, name) VALUES (1, 'a'), (1, 'b')",
		  CONFLICT, FAULT_UNIQUE, "t.id" },
		{ "INSERT INTO t (name) VALUES ('a'), ('a')", CONFLICT,
		  FAULT_UNIQUE, "t.name" },
		{ "INSERT INTO t (name) VALUES (NULL)", INVALID, FAULT_NOT_NULL,
		  "t.name" },
		{ "INSERT INTO t (name, n) VALUES ('a', 0)", INVALID,
		  FAULT_CHECK, "n > 0" },
		{ "INSERT INTO t (name, up) VALUES ('a', 9)", CONFLICT,
		  FAULT_FOREIGN_KEY, NULL },
		{ "INSERT INTO t (id, name) VALUES ('x', 'a')", INVALID,
		  FAULT_TYPE, NULL },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(run(f, rows[i].sql), rows[i].status);
		assert_int_equal(engine_fault(f->engine).kind, rows[i].kind);
		if (rows[i].name)
			assert_string_equal(engine_fault(f->engine).name,
					    rows[i].name);
	}
	/* SQLite reports these without a code. */
	assert_int_equal(run(f, "INSERT INTO t (name) VALUES ('a')"), OK);
	assert_int_equal(run(f, "ALTER TABLE t ADD x CHECK (x NOT NULL)"),
			 INVALID);
	assert_int_equal(engine_fault(f->engine).kind, FAULT_CHECK);
	assert_int_equal(run(f, "ALTER TABLE t ADD x AS (up) NOT NULL"),
			 INVALID);
	assert_int_equal(engine_fault(f->engine).kind, FAULT_NOT_NULL);
}

static enum status script(struct fixture *f, const char *text, bool guard)
{
	const struct script script = {
		.name = "x.sql",
		.first_line = 10,
		.text = text,
		.guard = guard,
	};

	error_init(&f->e, &f->arena);
	return engine_script(f->engine, &script, &f->e);
}

static void test_script(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(script(f, "-- only a comment\n", true), OK);
	assert_int_equal(script(f, "SELECT 1;\nSELECT *\nFORM t;", false),
			 FAILED);
	assert_string_equal(f->e.message,
			    "x.sql:12:1: near \"FORM\": syntax error");
	assert_string_equal(f->e.detail, "    FORM t;\n    ^");
	assert_int_equal(script(f, "\n\nINSERT INTO t (n) VALUES (0);", true),
			 INVALID);
	assert_string_equal(f->e.message,
			    "x.sql:12:1: NOT NULL constraint failed: t.name");
	assert_int_equal(script(f,
				"CREATE TRIGGER g AFTER INSERT ON t BEGIN "
				"SELECT 1; SELECT 2; END;",
				true),
			 OK);
}

static void test_guard(void **state)
{
	static const char *const refused[] = {
		"COMMIT;",
		"ROLLBACK;",
		"BEGIN;",
		"END;",
		"ATTACH ':memory:' AS x;",
		"PRAGMA foreign_keys = ON;",
		"PRAGMA journal_mode = WAL;",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		assert_int_equal(script(f, refused[i], true), INVALID);
		assert_non_null(f->e.hint);
	}
	assert_int_equal(script(f, "PRAGMA foreign_keys;", true), OK);
	assert_int_equal(script(f, "BEGIN; COMMIT;", false), OK);
}

static int64_t pragma(struct engine *engine, const char *sql,
		      struct arena *arena)
{
	struct value value;
	struct error e;

	error_init(&e, arena);
	assert_int_equal(
		engine_query_one(engine, sql, NULL, 0, arena, &value, &e), OK);
	return value.integer;
}

/* What one script sets is not the next one's. */
static void test_settings(void **state)
{
	static const char *const names[] = {
		"query_only",
		"ignore_check_constraints",
		"defer_foreign_keys",
		"recursive_triggers",
		"automatic_index",
		"reverse_unordered_selects",
		"analysis_limit",
		"trusted_schema",
		"cell_size_check",
		"count_changes",
		"full_column_names",
		"short_column_names",
		"read_uncommitted",
		"cache_spill",
		"threads",
		"max_page_count",
		"journal_size_limit",
		"wal_autocheckpoint",
		"secure_delete",
		"cache_size",
		"legacy_alter_table",
		"writable_schema",
		"soft_heap_limit",
		"hard_heap_limit",
		"temp_store",
		"synchronous",
		"foreign_keys",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *get = arena_printf(&f->arena, "PRAGMA %s",
					       names[i]);
		int64_t was = pragma(f->engine, get, &f->arena);
		const char *set = arena_printf(&f->arena, "PRAGMA %s = %lld;",
					       names[i],
					       was == 0   ? 1LL
					       : was == 1 ? 0LL
							  : was + 1);

		if (strstr(names[i], "heap_limit"))
			set = arena_printf(&f->arena, "PRAGMA %s = 99999999;",
					   names[i]);
		assert_int_equal(script(f, set, false), OK);
		if (pragma(f->engine, get, &f->arena) != was)
			print_error("PRAGMA %s is kept\n", names[i]);
		assert_int_equal(pragma(f->engine, get, &f->arena), was);
	}
}

static void test_interrupt(void **state)
{
	struct fixture *f = *state;

	engine_interrupt(f->engine);
	assert_int_equal(run(f, "SELECT 1"), INTERRUPTED);
	assert_int_equal(run(f, "SELECT 1"), OK);
}

struct violations {
	int count;
	int64_t rowid;
	char table[8], parent[8], values[32];
};

static void note_violation(void *data, const struct violation *found)
{
	struct violations *v = data;

	v->count++;
	v->rowid = found->rowid;
	snprintf(v->table, sizeof(v->table), "%s", found->table);
	snprintf(v->parent, sizeof(v->parent), "%s",
		 found->parent ? found->parent : "-");
	snprintf(v->values, sizeof(v->values), "%s|%s|%s",
		 found->key_columns ? found->key_columns : "",
		 found->key ? found->key : "",
		 found->values ? found->values : "-");
}

static struct violations violations(struct fixture *f)
{
	struct violations v = { 0 };

	assert_int_equal(
		engine_foreign_key_check(f->engine, note_violation, &v, &f->e),
		OK);
	return v;
}

/* What the rows of two tables may do, and how a switch changes it. */
static enum status switch_inside(struct engine *engine, void *data,
				 struct error *e)
{
	(void)data;
	if (engine_set_foreign_keys(engine, false, e) ||
	    engine_run(engine, "INSERT INTO t (name, up) VALUES ('c', 9)", NULL,
		       0, e) ||
	    engine_set_foreign_keys(engine, true, e))
		return e->status;
	assert_int_equal(engine_run(engine,
				    "INSERT INTO t (name, up) VALUES ('d', 9)",
				    NULL, 0, e),
			 CONFLICT);
	error_init(e, e->arena);
	if (engine_defer_foreign_keys(engine, e) ||
	    engine_run(engine, "INSERT INTO t (name, up) VALUES ('e', 9)", NULL,
		       0, e))
		return e->status;
	return engine_set_foreign_keys(engine, false, e);
}

static void test_foreign_keys(void **state)
{
	struct fixture *f = *state;
	struct violations v;

	assert_int_equal(engine_set_foreign_keys(f->engine, false, &f->e), OK);
	assert_int_equal(run(f, "INSERT INTO t (name, up) VALUES ('a', 9)"),
			 OK);
	v = violations(f);
	assert_int_equal(v.count, 1);
	assert_string_equal(v.table, "t");
	assert_string_equal(v.parent, "t");
	assert_string_equal(v.values, "id|1|9");
	assert_int_equal(engine_set_foreign_keys(f->engine, true, &f->e), OK);
	assert_int_equal(run(f, "INSERT INTO t (name, up) VALUES ('b', 9)"),
			 CONFLICT);
	/* Not while a violation is pending; all of it is undone. */
	assert_int_equal(engine_transaction(f->engine, TRANSACTION_WRITE,
					    switch_inside, NULL, &f->e),
			 CONFLICT);
	assert_string_equal(f->e.message, "FOREIGN KEY constraint failed");
	/* A foreign key to no key is one more, not an error. */
	assert_int_equal(run(f, "CREATE TABLE u (x REFERENCES t (n))"), OK);
	v = violations(f);
	assert_int_equal(v.count, 2);
	assert_string_equal(v.table, "u");
	assert_string_equal(v.parent, "-");
}

/* Which row and which values, spelt the same however rows are identified. */
static void test_violations(void **state)
{
	static const char sql[] =
		"CREATE TABLE u (a TEXT, b REAL, c TEXT DEFAULT 'x', "
		"\"q\"\"\" REFERENCES t, PRIMARY KEY (b, a)) WITHOUT ROWID;"
		"INSERT INTO u (a, b, \"q\"\"\") VALUES ('k', 7.0, '5'), "
		"('l', 7.5, NULL);"
		"CREATE TABLE \"v w\" (rowid TEXT, p REFERENCES gone);"
		"INSERT INTO \"v w\" VALUES ('r', 1);";
	const struct script script = { .text = sql };
	struct fixture *f = *state;
	struct violations v;

	assert_int_equal(engine_set_foreign_keys(f->engine, false, &f->e), OK);
	assert_int_equal(engine_script(f->engine, &script, &f->e), OK);
	v = violations(f);
	assert_int_equal(v.count, 2);
	assert_string_equal(v.table, "v w");
	assert_int_equal(v.rowid, 1);
	assert_string_equal(v.values, "||-");
	assert_int_equal(run(f, "DROP TABLE \"v w\""), OK);
	v = violations(f);
	assert_int_equal(v.count, 1);
	assert_int_equal(v.rowid, 0);
	assert_string_equal(v.values, "b,a|7,k|5");
	/* The parent's 1.0 is a text. */
	assert_int_equal(run(f, "DROP TABLE u"), OK);
	assert_int_equal(run(f, "CREATE TABLE p (u TEXT UNIQUE)"), OK);
	assert_int_equal(run(f, "INSERT INTO p VALUES ('1.0')"), OK);
	assert_int_equal(run(f, "CREATE TABLE u (a NUMERIC PRIMARY KEY "
				"REFERENCES p (u)) WITHOUT ROWID"),
			 OK);
	assert_int_equal(run(f, "INSERT INTO u VALUES ('1.0')"), OK);
	v = violations(f);
	assert_int_equal(v.count, 1);
	assert_string_equal(v.values, "a|1|1");
}

static void test_introspect(void **state)
{
	struct fixture *f = *state;
	int64_t before, after;

	for (int query = 0; query <= INTROSPECT_INDEX_COLUMNS; query++) {
		const char *name = query < INTROSPECT_COLUMNS ? NULL
				   : query == INTROSPECT_INDEX_COLUMNS
					   ? "sqlite_autoindex_t_1"
					   : "t";
		STATEMENT(rows);

		assert_int_equal(engine_introspect(f->engine,
						   (enum introspect_query)query,
						   name, &rows, &f->e),
				 OK);
		assert_int_equal(statement_step(rows, &f->e), STEP_ROW);
	}
	assert_int_equal(engine_schema_version(f->engine, &before, &f->e), OK);
	assert_int_equal(run(f, "CREATE TABLE more (x)"), OK);
	assert_int_equal(engine_schema_version(f->engine, &after, &f->e), OK);
	assert_true(after != before);
}

static void test_quotes(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(sql_name(&f->arena, "a\"b"), "\"a\"\"b\"");
	assert_string_equal(sql_literal(&f->arena, "it's"), "'it''s'");
}

static enum status nothing(struct engine *engine, void *data, struct error *e)
{
	(void)engine;
	(void)data;
	return e->status;
}

/* Only a WAL lets a commit go without fsync, and only if more follow. */
static void test_durability(void **state)
{
	enum { NORMAL = 1, FULL = 2 };
	static const char sql[] = "PRAGMA synchronous";
	struct fixture *f = *state;
	char folder[] = "/tmp/test_engine.XXXXXX";
	const char *path;
	ENGINE(engine);

	assert_non_null(mkdtemp(folder));
	path = arena_printf(&f->arena, "%s/a.db", folder);
	assert_int_equal(engine_open(path, ENGINE_CREATE, &engine, &f->e), OK);
	assert_int_equal(engine_transaction(engine, TRANSACTION_UNSYNCED,
					    nothing, NULL, &f->e),
			 OK);
	assert_int_equal(pragma(engine, sql, &f->arena), NORMAL);
	assert_int_equal(engine_sync(engine, &f->e), OK);
	assert_int_equal(pragma(engine, sql, &f->arena), FULL);
	assert_int_equal(engine_transaction(engine, TRANSACTION_UNSYNCED,
					    nothing, NULL, &f->e),
			 OK);
	assert_int_equal(engine_transaction(engine, TRANSACTION_WRITE, nothing,
					    NULL, &f->e),
			 OK);
	assert_int_equal(pragma(engine, sql, &f->arena), FULL);
	assert_int_equal(engine_run(engine, "PRAGMA journal_mode = DELETE",
				    NULL, 0, &f->e),
			 OK);
	assert_int_equal(engine_transaction(engine, TRANSACTION_UNSYNCED,
					    nothing, NULL, &f->e),
			 OK);
	assert_int_equal(pragma(engine, sql, &f->arena), FULL);
	unlink(path);
	rmdir(folder);
}

static void test_secure_delete(void **state)
{
	struct fixture *f = *state;
	static const char sql[] = "PRAGMA secure_delete";

	assert_int_equal(run(f, "PRAGMA secure_delete = ON"), OK);
	assert_int_equal(engine_set_secure_delete(f->engine, false, &f->e), OK);
	assert_int_equal(pragma(f->engine, sql, &f->arena), 2);
	assert_int_equal(engine_set_secure_delete(f->engine, true, &f->e), OK);
	assert_int_equal(pragma(f->engine, sql, &f->arena), 1);
	/* What the library does not do is not begun. */
	assert_int_equal(run(f, "PRAGMA secure_delete = OFF"), OK);
	assert_int_equal(engine_set_secure_delete(f->engine, false, &f->e), OK);
	assert_int_equal(engine_set_secure_delete(f->engine, true, &f->e), OK);
	assert_int_equal(pragma(f->engine, sql, &f->arena), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(test_paths),         TEST(test_missing),
		TEST(test_bind),          TEST(test_transaction),
		TEST(test_faults),        TEST(test_script),
		TEST(test_guard),         TEST(test_interrupt),
		TEST(test_foreign_keys),  TEST(test_violations),
		TEST(test_settings),      TEST(test_introspect),
		TEST(test_quotes),        TEST(test_durability),
		TEST(test_secure_delete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Transactions that several callers share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "engine/engine.h"

enum { MOST = 8 };

struct fixture {
	struct arena arena;
	struct error e, errors[MOST];
	struct engine *engine, *other;
	char folder[32], path[48];
};

static const char schema[] =
	"PRAGMA journal_mode = WAL;"
	"CREATE TABLE t (id INTEGER PRIMARY KEY, n INT UNIQUE, "
	"up INT REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED, "
	"at INT REFERENCES t (id));"
	"CREATE TRIGGER r BEFORE INSERT ON t WHEN new.n = 13 BEGIN "
	"SELECT raise(ROLLBACK, 'thirteen'); END;";

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	const struct script script = { .text = schema };

	arena_init(&f->arena);
	error_init(&f->e, &f->arena);
	snprintf(f->folder, sizeof(f->folder), "/tmp/group.XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	snprintf(f->path, sizeof(f->path), "%s/t.db", f->folder);
	assert_int_equal(engine_open(f->path, ENGINE_CREATE, &f->engine, &f->e),
			 OK);
	assert_int_equal(engine_script(f->engine, &script, &f->e), OK);
	assert_int_equal(engine_open(f->path, 0, &f->other, &f->e), OK);
	engine_set_wait(f->engine, 10);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	engine_close(f->engine);
	engine_close(f->other);
	unlink(f->path);
	rmdir(f->folder);
	arena_clear(&f->arena);
	free(f);
	return 0;
}

static enum status work(struct engine *engine, void *data, struct error *e)
{
	const char *sql = data;

	/* A leading ! defers foreign keys, as a list of records does. */
	if (*sql == '!' && engine_defer_foreign_keys(engine, e) != OK)
		return e->status;
	return engine_run(engine, sql + (*sql == '!'), NULL, 0, e);
}

/* Runs each text as a member; the statuses are then in f->errors. */
static enum status run_group(struct fixture *f, char *const *texts)
{
	struct group_member members[MOST];
	size_t n = 0;

	for (; texts[n]; n++) {
		error_init(&f->errors[n], &f->arena);
		members[n] = (struct group_member){ work, texts[n],
						    &f->errors[n] };
	}
	error_init(&f->e, &f->arena);
	return engine_transaction_group(f->engine, members, n, &f->e);
}

/* Many groups without a failure: the next one has no savepoints. */
static int setup_calm(void **state)
{
	char *const texts[] = { (char[]){ "DELETE FROM t" },
				(char[]){ "UPDATE t SET n = n" }, NULL };

	setup(state);
	for (size_t i = 0; i < 20; i++)
		assert_int_equal(run_group(*state, texts), OK);
	return 0;
}

/* What another connection sees: the values of n, in order. */
static const char *seen(struct fixture *f)
{
	struct value value;

	assert_int_equal(
		engine_query_one(f->other,
				 "SELECT group_concat(n) FROM (SELECT n FROM "
				 "t ORDER BY n)",
				 NULL, 0, &f->arena, &value, &f->e),
		OK);
	return value.kind == VALUE_TEXT ? value.data : "";
}

static void test_neighbours(void **state)
{
	char *const texts[] = {
		(char[]){ "INSERT INTO t (id, n) VALUES (1, 1)" },
		(char[]){ "INSERT INTO t (n) VALUES (2), (1)" },
		(char[]){ "INSERT INTO t (n) VALUES (3)" },
		NULL,
	};
	struct fixture *f = *state;

	assert_int_equal(run_group(f, texts), OK);
	assert_int_equal(f->errors[0].status, OK);
	assert_int_equal(f->errors[1].status, CONFLICT);
	assert_int_equal(f->errors[2].status, OK);
	assert_string_equal(seen(f), "1,3");
}

/* A violation that would only fail the commit is its member's. */
static void test_deferred(void **state)
{
	char *const texts[] = {
		(char[]){ "INSERT INTO t (n) VALUES (1)" },
		(char[]){ "INSERT INTO t (n, up) VALUES (2, 99)" },
		(char[]){ "!INSERT INTO t (n, at) VALUES (3, 99)" },
		(char[]){ "!INSERT INTO t (id, n, at) VALUES (7, 4, 8), "
			  "(8, 5, 7)" },
		(char[]){ "INSERT INTO t (id, n, at) VALUES (17, 6, 18), "
			  "(18, 7, 17)" },
		(char[]){ "INSERT INTO t (n, at) VALUES (8, 99)" },
		NULL,
	};
	struct fixture *f = *state;

	assert_int_equal(run_group(f, texts), OK);
	assert_int_equal(f->errors[0].status, OK);
	assert_int_equal(f->errors[1].status, CONFLICT);
	assert_int_equal(f->errors[2].status, CONFLICT);
	assert_int_equal(f->errors[3].status, OK);
	/* A statement on its own is judged at its end. */
	assert_int_equal(f->errors[4].status, OK);
	assert_int_equal(f->errors[5].status, CONFLICT);
	assert_string_equal(seen(f), "1,4,5,6,7");
}

/* One that ends the transaction does not take the others along. */
static void test_ended(void **state)
{
	char *const texts[] = {
		(char[]){ "INSERT INTO t (n) VALUES (1)" },
		(char[]){ "INSERT INTO t (n) VALUES (13)" },
		(char[]){ "INSERT INTO t (n) VALUES (2)" },
		(char[]){ "INSERT OR ROLLBACK INTO t (n) VALUES (1)" },
		(char[]){ "INSERT INTO t (n) VALUES (3)" },
		NULL,
	};
	struct fixture *f = *state;

	assert_int_equal(run_group(f, texts), OK);
	assert_int_equal(f->errors[0].status, OK);
	assert_int_equal(f->errors[1].status, INVALID);
	assert_int_equal(f->errors[2].status, OK);
	assert_int_equal(f->errors[3].status, CONFLICT);
	assert_int_equal(f->errors[4].status, OK);
	assert_string_equal(seen(f), "1,2,3");
}

static void test_locked(void **state)
{
	char *const one[] = { (char[]){ "INSERT INTO t (n) VALUES (1)" },
			      NULL };
	char *const two[] = { one[0],
			      (char[]){ "INSERT INTO t (n) VALUES (2)" },
			      NULL };
	struct fixture *f = *state;

	assert_int_equal(
		engine_run(f->other, "BEGIN IMMEDIATE", NULL, 0, &f->e), OK);
	assert_int_equal(run_group(f, one), BUSY);
	assert_int_equal(run_group(f, two), BUSY);
	error_init(&f->e, &f->arena);
	assert_int_equal(engine_run(f->other, "COMMIT", NULL, 0, &f->e), OK);
	assert_int_equal(run_group(f, two), OK);
	assert_string_equal(seen(f), "1,2");
}

static enum status count(struct engine *engine, void *data, struct error *e)
{
	struct value value;
	ARENA(arena);

	if (engine_query_one(engine, "SELECT count(*) FROM t", NULL, 0, &arena,
			     &value, e) != OK)
		return e->status;
	*(int64_t *)data = value.integer;
	return OK;
}

static int64_t rows(struct fixture *f)
{
	int64_t n = -1;

	assert_int_equal(engine_transaction(f->engine, TRANSACTION_READ, count,
					    &n, &f->e),
			 OK);
	return n;
}

static void test_snapshot(void **state)
{
	static const char insert[] = "INSERT INTO t DEFAULT VALUES";
	struct fixture *f = *state;

	assert_int_equal(engine_snapshot_begin(f->engine, &f->e), OK);
	assert_int_equal(rows(f), 0);
	assert_int_equal(engine_run(f->other, insert, NULL, 0, &f->e), OK);
	assert_int_equal(engine_snapshot_begin(f->engine, &f->e), OK);
	assert_int_equal(rows(f), 0);
	engine_snapshot_end(f->engine);
	engine_snapshot_end(f->engine);
	assert_int_equal(rows(f), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define CALM(name) cmocka_unit_test_setup_teardown(name, setup_calm, teardown)
		TEST(test_neighbours), CALM(test_neighbours),
		TEST(test_deferred),   CALM(test_deferred),
		TEST(test_ended),      CALM(test_ended),
		TEST(test_locked),     CALM(test_locked),
		TEST(test_snapshot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

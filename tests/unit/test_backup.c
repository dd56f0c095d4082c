/* Copies of whole databases: whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* cmocka's macro; ours is a function */

#include "engine/engine.h"

enum { ROWS = 20000 }; /* some thousand pages */

struct fixture {
	struct arena arena;
	struct error e;
	struct engine *engine;
	char folder[32];
	const char *database, *copy;
	int64_t calls, last;
	int64_t stop_at;       /* interrupts at this call; 0: never */
	struct engine *writer; /* writes at the second call; NULL: nothing */
};

static void fill(struct fixture *f, struct engine *engine, const char *text)
{
	const struct value values[] = { value_integer(ROWS), value_text(text) };

	assert_int_equal(engine_exec(engine, "DELETE FROM t", &f->e), OK);
	assert_int_equal(
		engine_run(engine,
			   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
			   "i + 1 FROM n WHERE i < $1) INSERT INTO t SELECT "
			   "$2 || printf('%400d', i) FROM n",
			   values, 2, &f->e),
		OK);
}

/* How many rows begin with the text. */
static int64_t count(struct fixture *f, struct engine *engine, const char *text)
{
	const struct value value = value_text(text);
	struct value found;

	assert_int_equal(
		engine_query_one(engine,
				 "SELECT count(*) FROM t WHERE substr(a, 1, 1) "
				 "= $1",
				 &value, 1, &f->arena, &found, &f->e),
		OK);
	return found.integer;
}

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	*state = f;
	arena_init(&f->arena);
	error_init(&f->e, &f->arena);
	snprintf(f->folder, sizeof(f->folder), "/tmp/backup-XXXXXX");
	if (!mkdtemp(f->folder))
		return 1;
	f->database = arena_printf(&f->arena, "%s/a.db", f->folder);
	f->copy = arena_printf(&f->arena, "%s/b.db", f->folder);
	assert_int_equal(
		engine_open(f->database, ENGINE_CREATE, &f->engine, &f->e), OK);
	assert_int_equal(
		engine_exec(f->engine, "CREATE TABLE t (a TEXT)", &f->e), OK);
	fill(f, f->engine, "x");
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	engine_close(f->engine);
	unlink(f->database);
	unlink(f->copy);
	/* Fails if a part of a copy was left. */
	assert_int_equal(rmdir(f->folder), 0);
	arena_clear(&f->arena);
	free(f);
	return 0;
}

static void on_copied(void *data, int64_t done, int64_t all)
{
	struct fixture *f = data;

	f->calls++;
	assert_true(done >= f->last && done <= all);
	f->last = done;
	if (f->calls == f->stop_at)
		engine_interrupt(f->engine);
	if (f->writer && f->calls == 2)
		fill(f, f->writer, "y");
}

static void test_copied(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(engine_backup(f->engine, f->copy, on_copied, f, &f->e),
			 OK);
	assert_true(f->calls > 2);
	fill(f, f->engine, "y");
	assert_int_equal(count(f, f->engine, "y"), ROWS);
	f->calls = f->last = 0;
	assert_int_equal(
		engine_restore(f->engine, f->copy, on_copied, f, &f->e), OK);
	assert_true(f->calls > 2);
	assert_int_equal(count(f, f->engine, "x"), ROWS);
}

/* What others write meanwhile is not in the copy. */
static void test_written_meanwhile(void **state)
{
	struct fixture *f = *state;
	ENGINE(writer);
	ENGINE(copy);

	assert_int_equal(engine_open(f->database, 0, &writer, &f->e), OK);
	f->writer = writer;
	assert_int_equal(engine_backup(f->engine, f->copy, on_copied, f, &f->e),
			 OK);
	assert_int_equal(count(f, f->engine, "y"), ROWS);
	assert_int_equal(engine_open(f->copy, ENGINE_READ_ONLY, &copy, &f->e),
			 OK);
	assert_int_equal(count(f, copy, "x"), ROWS);
}

static void test_interrupted_backup(void **state)
{
	struct fixture *f = *state;

	f->stop_at = 2;
	assert_int_equal(engine_backup(f->engine, f->copy, on_copied, f, &f->e),
			 INTERRUPTED);
	assert_int_not_equal(access(f->copy, F_OK), 0);
	assert_int_equal(count(f, f->engine, "x"), ROWS);
}

static void test_interrupted_restore(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(engine_backup(f->engine, f->copy, NULL, NULL, &f->e),
			 OK);
	fill(f, f->engine, "y");
	f->stop_at = 2;
	assert_int_equal(
		engine_restore(f->engine, f->copy, on_copied, f, &f->e),
		INTERRUPTED);
	assert_int_equal(count(f, f->engine, "y"), ROWS);
	assert_int_equal(count(f, f->engine, "x"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_copied, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_written_meanwhile, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_interrupted_backup, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_interrupted_restore,
						set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Recording the changes of rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "engine/change/changes.h"

static void interrupt_first(void *data, const char *table, enum row_fate fate)
{
	(void)table;
	(void)fate;
	engine_interrupt(data);
}

/* SQLite is interrupted before the table of the first row has been read. */
static void test_interrupted(void **state)
{
	ARENA(arena);
	ERROR(e, &arena);
	ERROR(interrupted, &arena);
	ENGINE(engine);
	struct changes *changes;
	struct changeset set;

	(void)state;
	assert_int_equal(engine_open("sqlite://", 0, &engine, &e), OK);
	assert_int_equal(
		engine_exec(engine,
			    "CREATE TABLE t (id INTEGER PRIMARY KEY, a)", &e),
		OK);
	assert_int_equal(changes_begin(engine, 1000, &changes, &e), OK);
	engine_on_row(engine, interrupt_first, engine);
	assert_int_equal(engine_exec(engine,
				     "INSERT INTO t VALUES (1, 1), (2, 2)",
				     &interrupted),
			 INTERRUPTED);
	engine_on_row(engine, NULL, NULL);
	assert_int_equal(changes_end(changes, &arena, &set, &e), OK);
	assert_non_null(set.reason);

	assert_int_equal(changes_begin(engine, 1000, &changes, &e), OK);
	assert_int_equal(engine_exec(engine, "INSERT INTO t VALUES (1, 1)", &e),
			 OK);
	assert_int_equal(changes_end(changes, &arena, &set, &e), OK);
	assert_null(set.reason);
	assert_int_equal(changes_apply(engine, &set, true, &e), OK);
	assert_int_equal(engine_exec(engine, "INSERT INTO t VALUES (1, 1)", &e),
			 OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(
		test_interrupted) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Which sections throw nothing away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "migrate/watch/wipe.h"

static const char schema[] =
	"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, \"b c\" TEXT, "
	"g AS (a || 1));";

#define NEW "CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT, \"b c\" TEXT);\n"
#define COPY "INSERT INTO n (id, a, \"b c\") SELECT id, a, \"b c\" FROM t;\n"
#define SWAP "DROP TABLE t;\nALTER TABLE n RENAME TO t;\n"

static void judge(const char *text, bool wanted)
{
	ARENA(arena);
	ENGINE(engine);
	const struct script script = { .text = schema };
	const struct section section = { .text = text, .line = 1 };
	struct error e;
	bool needless = !wanted;

	error_init(&e, &arena);
	assert_int_equal(engine_open("sqlite://", 0, &engine, &e), OK);
	assert_int_equal(engine_script(engine, &script, &e), OK);
	assert_int_equal(
		wipe_is_needless(engine, &section, &arena, &needless, &e), OK);
	if (needless != wanted)
		print_error("judged wrongly: %s\n", text);
	assert_int_equal(needless, wanted);
}

static void test_wipe(void **state)
{
	(void)state;
	judge(NEW COPY SWAP "CREATE INDEX i ON t (a);", true);
	judge("DROP INDEX i; DROP VIEW v; DROP TRIGGER r;\n" NEW
	      "INSERT INTO n SELECT coalesce(id, 0), [B C], \"A\" FROM "
	      "\"T\";" SWAP,
	      true);
	judge("ALTER TABLE t ADD COLUMN d;", true);
	judge("DELETE FROM sqlite_sequence WHERE name = 't';", true);
	/* A column is not copied, or not all rows, or nothing is. */
	judge(NEW "INSERT INTO n (id, a) SELECT id, a FROM t;" SWAP, false);
	judge(NEW "INSERT INTO n (id, a, \"b c\") SELECT id, a, \"b c\" FROM t "
		  "WHERE id > 1;" SWAP,
	      false);
	judge(NEW COPY "INSERT INTO x SELECT 1;" SWAP, false);
	judge(SWAP, false);
	judge("ALTER TABLE t DROP COLUMN a;", false);
	judge("DELETE FROM t;", false);
	judge("UPDATE t SET a = 1;", false);
	judge("REPLACE INTO t VALUES (1, 2, 3);", false);
	judge("WITH x AS (SELECT 1) DELETE FROM t;", false);
	judge("INSERT OR REPLACE INTO t VALUES (1, 2, 3);", false);
	judge("INSERT INTO t VALUES (1, 2, 3) ON CONFLICT DO UPDATE SET a = 1;",
	      false);
	judge(NEW "INSERT INTO n (id, a, \"b c\") SELECT id, 'a', \"b c\" FROM "
		  "t;" SWAP,
	      false);
	judge("ALTER TABLE t RENAME TO old;" NEW "INSERT INTO n SELECT id FROM "
	      "old; DROP TABLE old; ALTER TABLE n RENAME TO t;",
	      false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

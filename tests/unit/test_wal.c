/*
 * Another program writes at the worst moments of a checkpoint, and no row is
 * lost (sqlite.org/wal.html#walresetbug).  A VFS between SQLite and its own
 * calls the other one when a checkpoint begins, and once more between its
 * reading of the log's header and its use: where SQLite 3.40 loses rows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "engine/engine.h"
#include "engine/wal.h"

/* The VFS: every method passes its call on. */

struct shim {
	sqlite3_file base;
	bool watched;
	sqlite3_file *file;
};

static struct {
	sqlite3_vfs vfs, *real;
	bool watch; /* the files that are opened now */
	void (*at_start)(void), (*at_use)(void);
	int writes; /* into a watched database, not its log */
	sqlite3 *other;
} world;

static sqlite3_file *real_file(sqlite3_file *file)
{
	return ((struct shim *)file)->file;
}

#define PASS(method, parameters, ...) \
	static int on_##method parameters \
	{ \
		return real_file(f)->pMethods->method(real_file(f), \
						      ##__VA_ARGS__); \
	}

PASS(xRead, (sqlite3_file * f, void *to, int n, sqlite3_int64 at), to, n, at)
PASS(xTruncate, (sqlite3_file * f, sqlite3_int64 n), n)
PASS(xSync, (sqlite3_file * f, int flags), flags)
PASS(xFileSize, (sqlite3_file * f, sqlite3_int64 *n), n)
PASS(xLock, (sqlite3_file * f, int lock), lock)
PASS(xUnlock, (sqlite3_file * f, int lock), lock)
PASS(xCheckReservedLock, (sqlite3_file * f, int *out), out)
PASS(xFileControl, (sqlite3_file * f, int op, void *data), op, data)
PASS(xSectorSize, (sqlite3_file * f))
PASS(xDeviceCharacteristics, (sqlite3_file * f))
PASS(xShmMap,
     (sqlite3_file * f, int page, int size, int extend, void volatile **out),
     page, size, extend, out)
PASS(xShmUnmap, (sqlite3_file * f, int remove), remove)

static int on_xClose(sqlite3_file *f)
{
	int code = real_file(f)->pMethods->xClose(real_file(f));

	free(real_file(f));
	return code;
}

static int on_xWrite(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	world.writes += ((struct shim *)f)->watched;
	return real_file(f)->pMethods->xWrite(real_file(f), from, n, at);
}

static void call_once(void (**hook)(void))
{
	void (*call)(void) = *hook;

	*hook = NULL;
	if (call)
		call();
}

/* The second lock is the checkpointer's. */
static int on_xShmLock(sqlite3_file *f, int lock, int n, int flags)
{
	if (((struct shim *)f)->watched && lock == 1 &&
	    flags == (SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE))
		call_once(&world.at_start);
	return real_file(f)->pMethods->xShmLock(real_file(f), lock, n, flags);
}

static void on_xShmBarrier(sqlite3_file *f)
{
	real_file(f)->pMethods->xShmBarrier(real_file(f));
}

static int on_xFetch(sqlite3_file *f, sqlite3_int64 at, int n, void **out)
{
	(void)f;
	(void)at;
	(void)n;
	*out = NULL;
	return SQLITE_OK;
}

/* Called without a page when the header was found changed. */
static int on_xUnfetch(sqlite3_file *f, sqlite3_int64 at, void *page)
{
	(void)at;
	if (((struct shim *)f)->watched && !page && !world.at_start)
		call_once(&world.at_use);
	return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
	.iVersion = 3,
	.xClose = on_xClose,
	.xRead = on_xRead,
	.xWrite = on_xWrite,
	.xTruncate = on_xTruncate,
	.xSync = on_xSync,
	.xFileSize = on_xFileSize,
	.xLock = on_xLock,
	.xUnlock = on_xUnlock,
	.xCheckReservedLock = on_xCheckReservedLock,
	.xFileControl = on_xFileControl,
	.xSectorSize = on_xSectorSize,
	.xDeviceCharacteristics = on_xDeviceCharacteristics,
	.xShmMap = on_xShmMap,
	.xShmLock = on_xShmLock,
	.xShmBarrier = on_xShmBarrier,
	.xShmUnmap = on_xShmUnmap,
	.xFetch = on_xFetch,
	.xUnfetch = on_xUnfetch,
};

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
		   int flags, int *out)
{
	struct shim *shim = (struct shim *)file;
	int code;

	(void)vfs;
	shim->file = calloc(1, (size_t)world.real->szOsFile);
	shim->watched = world.watch && flags & SQLITE_OPEN_MAIN_DB;
	code = world.real->xOpen(world.real, name, shim->file, flags, out);
	shim->base.pMethods = code == SQLITE_OK ? &methods : NULL;
	if (code != SQLITE_OK)
		free(shim->file);
	return code;
}

/* The other program, and what it does when. */

static int other(const char *sql)
{
	return sqlite3_exec(world.other, sql, NULL, NULL, NULL);
}

static void other_must(const char *sql)
{
	assert_int_equal(other(sql), SQLITE_OK);
}

#define ROWS(n, key) \
	"WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " #n \
	") INSERT INTO t SELECT '" key "' || i, hex(randomblob(900)) FROM n"

/* The log is changed, and nothing in it waits for a checkpoint: the next
   commit starts it over. */
static void fill_log(void)
{
	other_must("INSERT INTO t VALUES ('start', 'x')");
	other_must("PRAGMA wal_checkpoint(FULL)");
}

static void fill_log_and_begin(void)
{
	fill_log();
	other_must("BEGIN IMMEDIATE");
	other_must("INSERT INTO t VALUES ('small', 'x')");
}

/* Where the checkpointer has the writer lock it is refused. */
static void write_one(void)
{
	other("INSERT INTO t VALUES ('small', 'x')");
}

static void commit(void)
{
	other_must("COMMIT");
}

/* Rows that are acknowledged, more of them than the log had, and what brings
   them into the file. */
static bool write_rest(void)
{
	return other(ROWS(4000, "b")) == SQLITE_OK &&
	       other("PRAGMA wal_checkpoint(PASSIVE)") == SQLITE_OK &&
	       other("INSERT INTO t VALUES ('last', 'x')") == SQLITE_OK &&
	       other("PRAGMA wal_checkpoint(PASSIVE)") == SQLITE_OK;
}

static long long count_rows(void)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	long long rows;

	assert_int_equal(sqlite3_close(world.other), SQLITE_OK);
	assert_int_equal(sqlite3_open("w.db", &db), SQLITE_OK);
	sqlite3_prepare_v2(db, "SELECT count(*) FROM t WHERE k GLOB 'b*'", -1,
			   &statement, NULL);
	rows = sqlite3_step(statement) == SQLITE_ROW
		       ? sqlite3_column_int64(statement, 0)
		       : -1;
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return rows;
}

struct fixture {
	struct arena arena;
	struct error e;
	struct engine *engine;
	char folder[32];
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	arena_init(&f->arena);
	error_init(&f->e, &f->arena);
	strcpy(f->folder, "/tmp/test_wal_XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	assert_int_equal(chdir(f->folder), 0);
	memset(&world, 0, sizeof(world));
	world.real = sqlite3_vfs_find("unix");
	world.vfs = *world.real;
	world.vfs.zName = "shim";
	world.vfs.szOsFile = sizeof(struct shim);
	world.vfs.xOpen = on_open;
	sqlite3_vfs_register(&world.vfs, 1);
	assert_int_equal(sqlite3_open("w.db", &world.other), SQLITE_OK);
	other_must("PRAGMA journal_mode = WAL");
	other_must("PRAGMA wal_autocheckpoint = 0");
	other_must("CREATE TABLE t (k TEXT, v)");
	world.watch = true;
	assert_int_equal(engine_open("w.db", 0, &f->engine, &f->e), OK);
	world.watch = false;
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	sqlite3_vfs_unregister(&world.vfs);
	unlink("w.db");
	unlink("w.db-wal");
	unlink("w.db-shm");
	assert_int_equal(chdir("/"), 0);
	rmdir(f->folder);
	arena_clear(&f->arena);
	free(f);
	return 0;
}

static long long log_size(void)
{
	struct stat status;

	return stat("w.db-wal", &status) ? -1 : (long long)status.st_size;
}

/* A commit that makes the log long, while the other program does its worst. */
static void race(struct fixture *f, void (*at_start)(void),
		 void (*at_use)(void))
{
	world.at_start = at_start;
	world.at_use = at_use;
	world.writes = 0;
	assert_int_equal(engine_run(f->engine, ROWS(3000, "a"), NULL, 0, &f->e),
			 OK);
	assert_null(world.at_start);
	assert_null(world.at_use);
}

/* As SQLite does it by itself: the test can fail. */
static void test_automatic(void **state)
{
	struct fixture *f = *state;
	bool kept;

	sqlite3_wal_autocheckpoint(f->engine->db, 1000);
	race(f, fill_log, write_one);
	/* Rows are lost, or this finds the file damaged. */
	kept = write_rest();
	engine_close(f->engine);
	kept = count_rows() == 4000 && kept;
	assert_int_equal(kept, !engine_has_wal_reset_bug());
}

static void test_race(void **state)
{
	struct fixture *f = *state;

	race(f, fill_log, write_one);
	assert_true(write_rest());
	engine_close(f->engine);
	assert_int_equal(count_rows(), 4000);
}

/* The writer lock is not to be had, until the checkpointer has given up. */
static void test_busy(void **state)
{
	struct fixture *f = *state;

	race(f, fill_log_and_begin, commit);
	assert_int_equal(world.writes, 0);
	assert_true(write_rest());
	engine_close(f->engine);
	assert_int_equal(count_rows(), 4000);
}

/* A PRAGMA in a script cannot bypass it. */
static void test_script(void **state)
{
	struct fixture *f = *state;
	struct script script = { .text = "PRAGMA wal_checkpoint(TRUNCATE)",
				 .alone = true };

	engine_set_wait(f->engine, 20);
	world.at_start = fill_log_and_begin;
	world.at_use = commit;
	assert_int_equal(engine_script(f->engine, &script, &f->e), BUSY);
	assert_null(world.at_use);
	assert_int_equal(world.writes, 0);
	error_init(&f->e, &f->arena);
	assert_int_equal(engine_script(f->engine, &script, &f->e), OK);
	assert_int_equal(log_size(), 0);
	script.text = "PRAGMA wal_checkpoint";
	assert_int_equal(engine_script(f->engine, &script, &f->e),
			 engine_has_wal_reset_bug() ? INVALID : OK);
	error_init(&f->e, &f->arena);
	script.text = "PRAGMA wal_autocheckpoint = 1";
	assert_int_equal(engine_script(f->engine, &script, &f->e),
			 engine_has_wal_reset_bug() ? INVALID : OK);
	error_init(&f->e, &f->arena);
	race(f, fill_log, write_one);
	assert_true(write_rest());
	engine_close(f->engine);
	assert_int_equal(count_rows(), 4000);
}

/* The other program reads: attempts to empty the log do not wait for it, and
   one succeeds when it has ended. */
static void test_reader(void **state)
{
	struct fixture *f = *state;
	long long most = 0;

	other_must("BEGIN");
	other_must("SELECT * FROM t");
	f->engine->checkpoint_wait = -1;
	for (int i = 0; i < 30; i++) {
		const char *sql = "UPDATE t SET v = hex(randomblob(900))";

		if (i == 0)
			sql = ROWS(300, "r");
		if (i == 10)
			other_must("COMMIT");
		assert_int_equal(engine_run(f->engine, sql, NULL, 0, &f->e),
				 OK);
		if (log_size() > most)
			most = log_size();
	}
	assert_in_range(most, 1000 * 4096, 5000 * 4096);
	assert_int_equal(f->engine->checkpoint_wait, 0);
	engine_close(f->engine);
	sqlite3_close(world.other);
}

static void test_versions(void **state)
{
	(void)state;
	assert_false(wal_can_lose(3006023));
	assert_true(wal_can_lose(3007000));
	assert_true(wal_can_lose(3040001));
	assert_true(wal_can_lose(3044005));
	assert_false(wal_can_lose(3044006));
	assert_true(wal_can_lose(3045000));
	assert_true(wal_can_lose(3050006));
	assert_false(wal_can_lose(3050007));
	assert_true(wal_can_lose(3051002));
	assert_false(wal_can_lose(3051003));
	assert_false(wal_can_lose(3054001));
}

#define RACE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RACE(test_automatic), RACE(test_race),
		RACE(test_busy),      RACE(test_script),
		RACE(test_reader),    cmocka_unit_test(test_versions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

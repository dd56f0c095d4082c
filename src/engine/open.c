#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/introspect.h"
#include "engine/wal.h"
#include "util/buffer.h"
#include "util/clock.h"

enum {
	WAIT_LONG = 1000000,     /* microseconds before the user is notified */
	PROGRESS_STEPS = 500000, /* some ten milliseconds */
};

void engine_start(void)
{
	/* Otherwise all threads share one mutex in malloc (half the speed), for
	   statistics that are not used. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

bool engine_wait(struct engine *engine, int count)
{
	int wait = engine->checkpointing ? engine->checkpoint_wait
					 : engine->wait;
	int64_t waited;

	if (count == 0)
		engine->wait_began = clock_ticks();
	waited = clock_ticks() - engine->wait_began;
	if (atomic_load(&engine->interrupted))
		return false;
	if (wait >= 0 && waited >= wait * INT64_C(1000))
		return false;
	if (engine->waiting && waited >= WAIT_LONG) {
		engine->waiting(engine->waiting_data);
		engine->waiting = NULL;
	}
	usleep(count < 10 ? 1000u << (count / 2) : 50000);
	return true;
}

static int on_busy(void *data, int count)
{
	struct engine *engine = data;

	if (engine_wait(engine, count))
		return true;
	/* Without the writer lock SQLite would continue as PASSIVE (wal.c). */
	if (engine->checkpointing)
		sqlite3_interrupt(engine->db);
	return false;
}

void engine_set_busy(struct engine *engine)
{
	sqlite3_busy_handler(engine->db, on_busy, engine);
}

void engine_set_wait(struct engine *engine, int milliseconds)
{
	engine->wait = milliseconds;
}

void engine_on_wait(struct engine *engine, void (*waiting)(void *), void *data)
{
	engine->waiting = waiting;
	engine->waiting_data = data;
}

static int on_progress(void *data)
{
	struct engine *engine = data;

	engine->progress(engine->progress_data);
	return 0;
}

void engine_on_progress(struct engine *engine, void (*progress)(void *),
			void *data)
{
	engine->progress = progress;
	engine->progress_data = data;
	sqlite3_progress_handler(engine->db, progress ? PROGRESS_STEPS : 0,
				 progress ? on_progress : NULL, engine);
}

void engine_interrupt(struct engine *engine)
{
	atomic_store(&engine->interrupted, true);
	sqlite3_interrupt(engine->db);
}

void engine_clear_interrupt(struct engine *engine)
{
	atomic_store(&engine->interrupted, false);
}

/* Checks the path before SQLite does, for better messages. */
static enum status path_check(const char *path, unsigned flags, bool *fresh,
			      struct error *e)
{
	struct stat status;

	if (!*path)
		return fail(e, USAGE, "the database's path is empty");
	if (stat(path, &status) < 0) {
		if (errno != ENOENT)
			return fail(e, FAILED, "database %s: %s", path,
				    strerror(errno));
		if (!(flags & ENGINE_CREATE)) {
			fail(e, SCHEMA, "database %s does not exist", path);
			error_hint(e, "create it with: taskmgr db upgrade");
			return SCHEMA;
		}
		*fresh = true;
		return OK;
	}
	if (S_ISDIR(status.st_mode))
		return fail(e, FAILED, "database %s is a directory", path);
	if (!S_ISREG(status.st_mode))
		return fail(e, FAILED, "database %s is not a regular file",
			    path);
	*fresh = status.st_size == 0 && (flags & ENGINE_CREATE);
	return OK;
}

static enum status connect_path(struct engine *engine, const char *name,
				int flags, struct error *e)
{
	int code = sqlite3_open_v2(
		name, &engine->db,
		flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

	if (code != SQLITE_OK)
		return engine_fail(engine, code, e);
	engine_set_busy(engine);
	engine_lend_collations(engine);
	engine_add_functions(engine);
	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	/*
	 * TRUSTED_SCHEMA stays on: without it SQLite 3.40 can't read a table
	 * whose CHECK or generated column calls json_valid() ("unsafe use"),
	 * and none of the functions that there are here has a side effect.
	 */
	return OK;
}

/* Reads the file for the first time: it may not be a database. */
static enum status probe_file(struct engine *engine, struct error *e)
{
	int64_t version;

	return engine_schema_version(engine, &version, e);
}

/* Whether files can be created beside the database, as WAL needs. */
static bool folder_is_writable(const char *path, struct arena *arena)
{
	return access(engine_folder(path, arena), W_OK) == 0;
}

/*
 * A WAL database whose -shm file cannot be created (a read-only folder or
 * medium) can only be read as immutable, which is correct only while no -wal is
 * present.
 */
static enum status reopen_immutable(struct engine *engine, struct error *e)
{
	BUFFER(uri);

	buffer_text(&uri, "file:");
	for (const char *p = engine->path; *p; p++) {
		if (strchr("?#%", *p))
			buffer_printf(&uri, "%%%02x", (unsigned char)*p);
		else
			buffer_byte(&uri, *p);
	}
	buffer_text(&uri, "?immutable=1");
	engine_drop_idle(engine);
	sqlite3_close_v2(engine->db);
	engine->db = NULL;
	error_init(e, e->arena);
	if (connect_path(engine, uri.data,
			 SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, e) != OK)
		return e->status;
	return probe_file(engine, e);
}

static enum status open_file(struct engine *engine, unsigned flags,
			     struct error *e)
{
	bool fresh = false;
	int mode = flags & ENGINE_READ_ONLY ? SQLITE_OPEN_READONLY
					    : SQLITE_OPEN_READWRITE;

	if (path_check(engine->path, flags, &fresh, e) != OK)
		return e->status;
	/* Also for databases attached later. */
	if (flags & ENGINE_CREATE)
		mode |= SQLITE_OPEN_CREATE;
	wal_note_files(engine);
	if (connect_path(engine, engine->path, mode, e) != OK)
		return e->status;
	wal_watch(engine);
	/* BUSY: another process is creating the same database. */
	if (fresh &&
	    engine_exec(engine, "PRAGMA journal_mode = WAL", e) != OK &&
	    e->status != BUSY)
		return e->status;
	error_init(e, e->arena);
	/* Otherwise the first statement will fail with the reason. */
	if (fresh || folder_is_writable(engine->path, e->arena) ||
	    probe_file(engine, e) == OK)
		return OK;
	if (!wal_has_pages(engine) &&
	    (e->status == READONLY ||
	     sqlite3_extended_errcode(engine->db) == SQLITE_CANTOPEN))
		return reopen_immutable(engine, e);
	return e->status;
}

bool engine_is_current(const struct engine *engine)
{
	struct stat now;

	/* A snapshot was current when it began. */
	if (!engine->path || engine->snapshot)
		return true;
	return stat(engine->path, &now) == 0 && now.st_dev == engine->device &&
	       now.st_ino == engine->inode;
}

static void note_file(struct engine *engine)
{
	struct stat now;
	int moved = 0;

	if (stat(engine->path, &now) < 0)
		return;
	/* It may have been replaced since it was opened. */
	sqlite3_file_control(engine->db, "main", SQLITE_FCNTL_HAS_MOVED,
			     &moved);
	if (moved)
		return;
	engine->device = now.st_dev;
	engine->inode = now.st_ino;
}

enum status engine_open(const char *url, unsigned flags, struct engine **out,
			struct error *e)
{
	return engine_open_within(url, flags, ENGINE_WAIT, out, e);
}

enum status engine_open_within(const char *url, unsigned flags,
			       int milliseconds, struct engine **out,
			       struct error *e)
{
	ARENA(arena);
	const char *path = engine_path(url, &arena);
	struct engine *engine;
	enum status status;

	if (engine_check_url(url, e) != OK)
		return e->status;
	engine = calloc(1, sizeof(*engine));
	if (!engine)
		return fail(e, FAILED, "out of memory");
	engine->wait = milliseconds;
	engine->path = path ? strdup(path) : NULL;
	status = path ? open_file(engine, flags, e)
		      : connect_path(engine, ":memory:",
				     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
				     e);
	if (status != OK) {
		engine_close(engine);
		return status;
	}
	if (path)
		note_file(engine);
	*out = engine;
	return OK;
}

void engine_close(struct engine *engine)
{
	engine_drop_idle(engine);
	if (engine->path && engine->db)
		wal_close(engine);
	else
		sqlite3_close_v2(engine->db);
	engine_free_stand_ins(engine);
	arena_clear(&engine->recorded_memory);
	free(engine->fault_name);
	free(engine->path);
	free(engine);
}

bool engine_is_read_only(const struct engine *engine)
{
	return sqlite3_db_readonly(engine->db, "main") == 1;
}

const char *engine_dialect(const struct engine *engine)
{
	(void)engine;
	return "sqlite";
}

const char *engine_version(void)
{
	return sqlite3_libversion();
}

bool engine_has_wal_reset_bug(void)
{
	return wal_can_lose(sqlite3_libversion_number());
}

const char *engine_warning(struct arena *arena)
{
	if (!engine_has_wal_reset_bug())
		return NULL;
	return arena_printf(arena,
			    "SQLite %s can lose rows when two programs write "
			    "to one database; this program avoids that, others "
			    "with SQLite 3.7.0 to 3.51.2 do not",
			    sqlite3_libversion());
}

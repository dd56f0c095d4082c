/*
 * The write-ahead log: when and how it is emptied into the database, which is
 * a checkpoint (sqlite.org/wal.html).
 *
 * SQLite 3.7.0 to 3.51.2 can lose committed rows when a PASSIVE checkpoint
 * meets a commit of another connection that restarts the log
 * (sqlite.org/wal.html#walresetbug), and its automatic checkpoints are PASSIVE.
 * The other modes hold the writer lock, which excludes that; but if they
 * cannot get it they become PASSIVE without a word.  So here the automatic ones
 * are replaced, and a checkpoint that has waited long enough is interrupted,
 * which stops it before it copies a page.  Mended libraries are used in the
 * same way: a PASSIVE checkpoint cannot restart a log that is always being
 * read, so nothing would limit its size.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "engine/wal.h"

enum {
	LONG = 1000,         /* pages of a log that should be emptied */
	HUGE_LOG = 4 * LONG, /* truncated rather than reused */
	STEP = 100,          /* pages between two attempts */
	BOUND = 64 * LONG,   /* from here on readers are waited for */
	BOUND_STEP = 16 * LONG,
	PATIENCE = 4000 /* milliseconds, as others wait five seconds */
};

bool wal_can_lose(int version)
{
	return version >= 3007000 && version < 3051003 &&
	       (version < 3050007 || version >= 3051000) &&
	       (version < 3044006 || version >= 3045000);
}

/* An interrupt would end all of the connection's statements. */
static bool is_stepping(sqlite3 *db)
{
	for (sqlite3_stmt *s = sqlite3_next_stmt(db, NULL); s;
	     s = sqlite3_next_stmt(db, s))
		if (sqlite3_stmt_busy(s))
			return true;
	return false;
}

void wal_checkpoint(struct engine *engine, const char *database,
		    int checkpoint_wait, bool give_back)
{
	if (is_stepping(engine->db))
		return;
	engine->checkpointing = true;
	engine->checkpoint_wait = checkpoint_wait;
	sqlite3_wal_checkpoint_v2(engine->db, database,
				  give_back ? SQLITE_CHECKPOINT_TRUNCATE
					    : SQLITE_CHECKPOINT_RESTART,
				  NULL, NULL);
	engine->checkpointing = false;
}

/*
 * sqlite3_wal_hook's callback, after a commit.  A reader makes an attempt fail,
 * and waiting for it would hold writers up: so there are many attempts that
 * wait for nothing, one of which comes between two readers, and only readers
 * that overlap for very long are waited for, each time by the process whose
 * commit made the log longer.
 */
static int on_commit(void *data, sqlite3 *db, const char *database, int pages)
{
	struct engine *engine = data;
	int written = 0, most, before;

	engine->wrote = true;
	if (pages < LONG)
		return SQLITE_OK;
	sqlite3_db_status(db, SQLITE_DBSTATUS_CACHE_WRITE, &written, &most, 1);
	before = pages - written;
	if (pages >= BOUND && pages / BOUND_STEP != before / BOUND_STEP)
		wal_checkpoint(engine, database, PATIENCE, true);
	else if (pages / STEP != before / STEP)
		wal_checkpoint(engine, database, 0, pages >= HUGE_LOG);
	return SQLITE_OK;
}

void wal_watch(struct engine *engine)
{
	sqlite3_wal_hook(engine->db, on_commit, engine);
}

/* Examines the database's companion file of that suffix; size 0 if it does not
   exist. */
static bool look_beside(const struct engine *engine, const char *suffix,
			struct stat *out)
{
	ARENA(arena);

	*out = (struct stat){ .st_size = 0 };
	return stat(arena_printf(&arena, "%s%s", engine->path, suffix), out) ==
	       0;
}

bool wal_has_pages(const struct engine *engine)
{
	struct stat is;

	return look_beside(engine, "-wal", &is) && is.st_size > 0;
}

void wal_note_files(struct engine *engine)
{
	struct stat is;

	look_beside(engine, "-wal", &engine->found_log);
	engine->found_shm = look_beside(engine, "-shm", &is);
}

/* Whether the log is unchanged since opening, so that it is not ours to
   checkpoint: its writer died, or has another connection. */
static bool is_as_found(const struct engine *engine)
{
	const struct stat *was = &engine->found_log;
	struct stat is;

	return was->st_size > 0 && look_beside(engine, "-wal", &is) &&
	       is.st_ino == was->st_ino && is.st_size == was->st_size &&
	       is.st_mtim.tv_sec == was->st_mtim.tv_sec &&
	       is.st_mtim.tv_nsec == was->st_mtim.tv_nsec;
}

/*
 * Reading creates NAME-shm and an empty NAME-wal, which SQLite leaves if it may
 * not write or checkpoint.  They are removed as SQLite does at the last close:
 * while the whole database is locked, so that no other process uses them.  With
 * that lock from the start SQLite creates no NAME-shm itself.
 */
static void remove_traces(const struct engine *engine)
{
	ARENA(arena);
	sqlite3 *db = NULL;
	int code = sqlite3_open_v2(engine->path, &db,
				   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
				   NULL);

	if (code == SQLITE_OK && !sqlite3_db_readonly(db, "main") &&
	    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
			      wal_has_pages(engine), NULL) == SQLITE_OK &&
	    sqlite3_exec(db,
			 "PRAGMA locking_mode = EXCLUSIVE;"
			 "SELECT 1 FROM sqlite_schema",
			 NULL, NULL, NULL) == SQLITE_OK)
		unlink(arena_printf(&arena, "%s-shm", engine->path));
	sqlite3_close(db);
}

void wal_close(struct engine *engine)
{
	bool keep = !engine->wrote && is_as_found(engine);
	struct stat shm;
	bool read_only = engine_is_read_only(engine);

	if (keep)
		sqlite3_db_config(engine->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
				  1, NULL);
	sqlite3_close_v2(engine->db);
	if ((keep || read_only) && look_beside(engine, "-shm", &shm) &&
	    (!engine->found_shm || !wal_has_pages(engine)))
		remove_traces(engine);
}

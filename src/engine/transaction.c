#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "engine/sqlite.h"

/* After a failure; the first error is the one reported. */
static void roll_back(struct engine *engine)
{
	ARENA(arena);

	atomic_store(&engine->interrupted, false);
	ERROR(ignored, &arena);
	/* A disk error or RAISE(ROLLBACK) may have ended it already. */
	if (!sqlite3_get_autocommit(engine->db) &&
	    engine_exec(engine, "ROLLBACK", &ignored) != OK)
		engine_drop_idle(engine);
}

static enum status run_transaction(struct engine *engine, bool write, bool keep,
				   engine_work *work, void *data,
				   struct error *e)
{
	if (engine_exec(engine, write ? "BEGIN IMMEDIATE" : "BEGIN", e) != OK)
		return e->status;
	if (work(engine, data, e) != OK ||
	    (keep ? engine_exec(engine, "COMMIT", e)
		  : engine_check_deferred(engine, e)) != OK) {
		roll_back(engine);
		return e->status;
	}
	if (!keep)
		roll_back(engine);
	return OK;
}

/* Copying and indexing a table needs more than 2 MB of cache; much more than
   this costs more than it saves. */
static enum status enlarge_cache(struct engine *engine, struct error *e)
{
	if (engine->large_cache)
		return OK;
	engine->large_cache = true;
	return engine_exec(engine, "PRAGMA cache_size = -8192", e);
}

void engine_set_bulk(struct engine *engine, bool on)
{
	sqlite3_exec(engine->db,
		     on                    ? "PRAGMA cache_size = -36000"
		     : engine->large_cache ? "PRAGMA cache_size = -8192"
					   : "PRAGMA cache_size = -2000",
		     NULL, NULL, NULL);
}

/*
 * In a WAL, and only there, a commit without fsync leaves nothing half done,
 * and the next fsync covers all commits before it
 * (sqlite.org/pragma.html#pragma_synchronous).
 */
static enum status set_unsynced(struct engine *engine, bool unsynced,
				struct error *e)
{
	if (unsynced) {
		ARENA(arena);
		struct value mode;

		if (engine_query_one(engine, "PRAGMA journal_mode", NULL, 0,
				     &arena, &mode, e) != OK)
			return e->status;
		unsynced = strcmp(mode.data, "wal") == 0;
	}
	if (unsynced == engine->unsynced)
		return OK;
	if (engine_exec(engine,
			unsynced ? "PRAGMA synchronous = NORMAL"
				 : "PRAGMA synchronous = FULL",
			e) != OK)
		return e->status;
	engine->unsynced = unsynced;
	return OK;
}

/* A checkpoint would sync too, but not while another process reads. */
static enum status sync_wal(const struct engine *engine, struct error *e)
{
	ARENA(arena);
	const char *path = arena_printf(&arena, "%s-wal", engine->path);
	int file = open(path, O_RDONLY | O_CLOEXEC);
	int code;

	if (file < 0 && errno == ENOENT) /* all of it is in the database */
		return OK;
	code = file < 0 ? -1 : fdatasync(file);
	if (code != 0)
		fail(e, FAILED, "%s: %s", path, strerror(errno));
	if (file >= 0)
		close(file);
	return e->status;
}

enum status engine_sync(struct engine *engine, struct error *e)
{
	if (!engine->unsynced)
		return OK;
	if (set_unsynced(engine, false, e) != OK)
		return e->status;
	return sync_wal(engine, e);
}

enum status engine_transaction(struct engine *engine,
			       enum transaction_mode mode, engine_work *work,
			       void *data, struct error *e)
{
	bool migration = mode == TRANSACTION_MIGRATION ||
			 mode == TRANSACTION_UNSYNCED;

	if (mode == TRANSACTION_READ && engine->snapshot)
		return work(engine, data, e);
	assert(!engine->snapshot);
	if (engine->held)
		return engine_run_held(engine, mode, work, data, e);
	if ((migration && enlarge_cache(engine, e) != OK) ||
	    set_unsynced(engine, mode == TRANSACTION_UNSYNCED, e) != OK)
		return e->status;
	return run_transaction(engine, mode != TRANSACTION_READ, true, work,
			       data, e);
}

/* What a rehearsal changes is not reported: it does not stay. */
static enum status rehearse(struct engine *engine, engine_work *work,
			    void *data, struct error *e)
{
	engine_change *change = engine->change;
	const bool reverted = engine->reverted;

	engine->change = NULL;
	if (work(engine, data, e) == OK)
		e->status = engine_check_deferred(engine, e);
	engine->change = change;
	engine->reverted = reverted;
	return e->status;
}

static enum status undo_rehearsal(struct engine *engine, enum status status,
				  struct error *e)
{
	ARENA(arena);
	ERROR(failure, &arena);

	if (engine_exec(engine, "ROLLBACK TO rehearsal", &failure) == OK &&
	    engine_exec(engine, "RELEASE rehearsal", &failure) == OK)
		return status;
	/* The first error is the one reported. */
	return status == OK ? fail(e, failure.status, "%s", failure.message)
			    : status;
}

enum status engine_dry_run(struct engine *engine, engine_work *work, void *data,
			   struct error *e)
{
	if (sqlite3_get_autocommit(engine->db))
		return run_transaction(engine, true, false, work, data, e);
	if (engine_exec(engine, "SAVEPOINT rehearsal", e) != OK)
		return e->status;
	(void)rehearse(engine, work, data, e);
	if (engine->held && sqlite3_get_autocommit(engine->db))
		return engine_check_held(engine, e);
	return undo_rehearsal(engine, e->status, e);
}

/* FAST overwrites what is deleted within pages, but not pages that become
   free (sqlite.org/pragma.html#pragma_secure_delete). */
enum status engine_set_secure_delete(struct engine *engine, bool on,
				     struct error *e)
{
	ARENA(arena);
	struct value is;

	if (engine_query_one(engine, "PRAGMA secure_delete", NULL, 0, &arena,
			     &is, e) != OK)
		return e->status;
	if (!on && is.integer == 1) {
		engine->secure = true;
		return engine_exec(engine, "PRAGMA secure_delete = FAST", e);
	}
	if (on && engine->secure) {
		engine->secure = false;
		return engine_exec(engine, "PRAGMA secure_delete = ON", e);
	}
	return OK;
}

/*
 * A transaction that stays open from one piece of work to the next.  Within it
 * each piece that writes has a savepoint (sqlite.org/lang_savepoint.html).
 */
#include "engine/sqlite.h"

enum status engine_begin(struct engine *engine, struct error *e)
{
	if (engine->held)
		return fail(e, USAGE, "a transaction is open already");
	/* Another process must not change what is read before it is written. */
	if (engine_exec(engine,
			engine_is_read_only(engine) ? "BEGIN"
						    : "BEGIN IMMEDIATE",
			e) != OK)
		return e->status;
	engine->held = true;
	return OK;
}

bool engine_in_transaction(const struct engine *engine)
{
	return engine->held;
}

enum status engine_end(struct engine *engine, bool keep, struct error *e)
{
	if (keep && engine_check_deferred(engine, e) != OK)
		return e->status;
	if (engine_exec(engine, keep ? "COMMIT" : "ROLLBACK", e) != OK)
		return e->status;
	engine->held = false;
	return OK;
}

/* An interrupted write, a full disk, RAISE(ROLLBACK): SQLite rolls back all. */
enum status engine_check_held(struct engine *engine, struct error *e)
{
	if (!engine->held || !sqlite3_get_autocommit(engine->db))
		return e->status;
	engine->held = false;
	if (e->status == OK)
		fail(e, CONFLICT, "the transaction was ended");
	return error_hint(e, "the whole transaction was rolled back");
}

static enum status undo_work(struct engine *engine, struct error *e)
{
	ARENA(arena);
	ERROR(failure, &arena);

	if (sqlite3_get_autocommit(engine->db))
		return engine_check_held(engine, e);
	/* The first error is the one reported. */
	if (engine_exec(engine, "ROLLBACK TO work", &failure) != OK ||
	    engine_exec(engine, "RELEASE work", &failure) != OK)
		engine_drop_idle(engine);
	return e->status;
}

enum status engine_run_held(struct engine *engine, enum transaction_mode mode,
			    engine_work *work, void *data, struct error *e)
{
	switch (mode) {
	case TRANSACTION_READ:
		(void)work(engine, data, e);
		return engine_check_held(engine, e);
	case TRANSACTION_MIGRATION:
	case TRANSACTION_UNSYNCED:
		fail(e, USAGE, "this cannot be done within a transaction");
		return error_hint(e, "first: commit, or rollback");
	case TRANSACTION_WRITE:
		break;
	}
	if (engine_exec(engine, "SAVEPOINT work", e) != OK)
		return e->status;
	if (work(engine, data, e) != OK)
		return undo_work(engine, e);
	if (engine_check_held(engine, e) != OK)
		return e->status;
	return engine_exec(engine, "RELEASE work", e);
}

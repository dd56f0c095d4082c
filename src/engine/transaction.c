#include "engine/sqlite.h"

static enum status run(struct engine *engine, const char *sql,
		       struct error *e)
{
	return engine_run(engine, sql, NULL, 0, e);
}

/* After a failure: the first error is the one that is told. */
static void roll_back(struct engine *engine)
{
	ARENA(arena);
	struct error ignored;

	atomic_store(&engine->interrupted, false);
	error_init(&ignored, &arena);
	/* A disk error or RAISE(ROLLBACK) may have ended it already. */
	if (!sqlite3_get_autocommit(engine->db) &&
	    run(engine, "ROLLBACK", &ignored) != OK)
		engine_drop_resting(engine);
}

/* Violations that would fail the commit, if it came. */
static enum status check_deferred(struct engine *engine, struct error *e)
{
	int current = 0, highest = 0;

	sqlite3_db_status(engine->db, SQLITE_DBSTATUS_DEFERRED_FKS, &current,
			  &highest, 0);
	return current ? fail(e, CONFLICT, "FOREIGN KEY constraint failed")
		       : OK;
}

static enum status transact(struct engine *engine, bool write, bool keep,
			    engine_work *work, void *data, struct error *e)
{
	int trusted = 1;

	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, write,
			  &trusted);
	if (run(engine, write ? "BEGIN IMMEDIATE" : "BEGIN", e) != OK)
		return e->status;
	if (work(engine, data, e) != OK ||
	    (keep ? run(engine, "COMMIT", e) : check_deferred(engine, e)) !=
		    OK) {
		roll_back(engine);
		return e->status;
	}
	if (!keep)
		roll_back(engine);
	return OK;
}

enum status engine_transaction(struct engine *engine,
			       enum transaction_mode mode, engine_work *work,
			       void *data, struct error *e)
{
	return transact(engine, mode != TRANSACTION_READ, true, work, data,
			e);
}

enum status engine_rehearse(struct engine *engine, engine_work *work,
			    void *data, struct error *e)
{
	return transact(engine, true, false, work, data, e);
}

enum status engine_set_foreign_keys(struct engine *engine, bool on,
				    struct error *e)
{
	int is = -1;
	int code = sqlite3_db_config(engine->db, SQLITE_DBCONFIG_ENABLE_FKEY,
				     on, &is);

	if (code != SQLITE_OK)
		return engine_fail(engine, code, e);
	return is == on ? OK : fail(e, FAILED, "foreign keys cannot be "
				    "switched inside a transaction");
}

enum status engine_defer_foreign_keys(struct engine *engine, struct error *e)
{
	return run(engine, "PRAGMA defer_foreign_keys = ON", e);
}

enum status engine_foreign_key_faults(struct engine *engine, int64_t *count,
				      struct error *e)
{
	STATEMENT(statement);

	if (engine_prepare(engine,
			   "SELECT count(*) FROM pragma_foreign_key_check",
			   &statement, e) != OK)
		return e->status;
	if (statement_step(statement, e) == STEP_FAILED)
		return e->status;
	*count = statement_integer(statement, 0);
	return OK;
}

#include "engine/script/guard.h"

#include <string.h>

int guard_deny(struct engine *engine, const char *why, const char *hint)
{
	engine->refusal = why;
	engine->refusal_hint = hint;
	return SQLITE_DENY;
}

static const char only_reads[] = "a verification must only read";
static const char outside_hint[] = "add \"-- transaction: off\" to the "
				   "header to run it outside one";
/* Other tools' files use these around what is one transaction here. */
static const char begin_hint[] =
	"remove it, as a revision is one transaction; or add \"-- "
	"transaction: off\" to the header to run it outside one";

/* Pragmas that would not have the intended effect in a transaction. */
static int guard_pragma(const struct guard *guard, const char *name,
			const char *value)
{
	struct engine *engine = guard->engine;

	if (sqlite3_stricmp(name, "wal_checkpoint") == 0)
		return guard_deny(
			engine,
			"PRAGMA wal_checkpoint is not allowed inside a "
			"transaction",
			outside_hint);
	if (sqlite3_stricmp(name, "foreign_keys") == 0 && value)
		return guard_deny(
			engine,
			"PRAGMA foreign_keys does nothing inside a "
			"transaction",
			guard->keys ? "add \"-- foreign_keys: off\" to the "
				      "header instead of each such PRAGMA"
				    : "remove each such PRAGMA: the "
				      "header already turns them off");
	/* SQLite would forget the violations. */
	if (sqlite3_stricmp(name, "defer_foreign_keys") == 0 && value &&
	    engine_has_pending(engine))
		return guard_deny(engine,
				  "rows violate a foreign key when PRAGMA "
				  "defer_foreign_keys is set",
				  "correct those rows first");
	if (sqlite3_stricmp(name, "journal_mode") == 0 && value)
		return guard_deny(engine,
				  "PRAGMA journal_mode is not allowed inside a "
				  "transaction",
				  outside_hint);
	return SQLITE_OK;
}

/* Refuses PASSIVE checkpoints on a library that loses rows by them;
   wal_checkpoint is PASSIVE with any argument but these. */
static int guard_checkpoint(struct guard *guard, const char *name,
			    const char *value)
{
	bool safe = value && (!sqlite3_stricmp(value, "FULL") ||
			      !sqlite3_stricmp(value, "RESTART") ||
			      !sqlite3_stricmp(value, "TRUNCATE"));

	guard->checkpoints |= sqlite3_stricmp(name, "wal_checkpoint") == 0;
	if (!engine_has_wal_reset_bug() || !guard->engine->path)
		return SQLITE_OK;
	if (!sqlite3_stricmp(name, "wal_checkpoint") && !safe)
		return guard_deny(
			guard->engine,
			"PRAGMA wal_checkpoint can lose rows with this "
			"version of SQLite",
			"write PRAGMA wal_checkpoint(TRUNCATE), which "
			"cannot");
	if (!sqlite3_stricmp(name, "wal_autocheckpoint") && value &&
	    strcmp(value, "0") != 0)
		return guard_deny(
			guard->engine,
			"PRAGMA wal_autocheckpoint can lose rows with "
			"this version of SQLite",
			"remove it; the log is kept short without it");
	return SQLITE_OK;
}

/* Refuses what would end or leave the transaction, naming the header key that
   allows it. */
static int guard_action(const struct guard *guard, int action, const char *a,
			const char *b)
{
	struct engine *engine = guard->engine;

	switch (action) {
	case SQLITE_TRANSACTION:
		return guard_deny(engine,
				  "BEGIN, COMMIT and ROLLBACK are not "
				  "allowed inside a transaction",
				  begin_hint);
	case SQLITE_SAVEPOINT:
		return guard_deny(engine,
				  "SAVEPOINT, RELEASE and ROLLBACK TO are not "
				  "allowed inside a transaction",
				  begin_hint);
	case SQLITE_ATTACH:
	case SQLITE_DETACH:
		return guard_deny(engine,
				  "ATTACH and DETACH are not allowed "
				  "inside a transaction",
				  outside_hint);
	case SQLITE_PRAGMA:
		return guard_pragma(guard, a, b);
	}
	return SQLITE_OK;
}

/* The table that an action changes, or NULL; in any database, as the file can
   be attached again. (VACUUM writes to one of its own.) */
static const char *changed_table(int action, const char *a, const char *b,
				 const char *c)
{
	static const char vacuum[] = "vacuum_"; /* and db, or a number */
	const char *database = action == SQLITE_ALTER_TABLE ? a : c;

	if (!database || strncmp(database, vacuum, strlen(vacuum)) == 0)
		return NULL;
	switch (action) {
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
	case SQLITE_CREATE_TABLE:
	case SQLITE_CREATE_TEMP_TABLE:
	case SQLITE_CREATE_VIEW:
	case SQLITE_CREATE_TEMP_VIEW:
	case SQLITE_DROP_TABLE:
		return a;
	case SQLITE_ALTER_TABLE:
	case SQLITE_CREATE_INDEX:
	case SQLITE_CREATE_TRIGGER:
	case SQLITE_CREATE_TEMP_TRIGGER:
		return b;
	}
	return NULL;
}

/* Whether it belongs to the connection: attached, or in temp. */
static bool is_temporary(int action, const char *database)
{
	return action == SQLITE_ATTACH ||
	       (database && strcmp(database, "temp") == 0);
}

bool guard_is_query(const char *name)
{
	const char *end = strrchr(name, '_');

	return end && !engine_setting(name) &&
	       (!sqlite3_stricmp(end, "_check") ||
		!sqlite3_stricmp(end, "_info") ||
		!sqlite3_stricmp(end, "_xinfo") ||
		!sqlite3_stricmp(end, "_list"));
}

/* sqlite3_set_authorizer's callback. */
static int authorize(void *data, int action, const char *a, const char *b,
		     const char *c, const char *d)
{
	struct guard *guard = data;
	const struct script *script = guard->script;
	const char *table = changed_table(action, a, b, c);

	(void)d;
	if (table && script->is_kept && script->is_kept(table))
		return guard_deny(guard->engine, script->kept_why,
				  "remove this statement");
	if (script->typed && guard_typed(guard, action, a, b) != SQLITE_OK)
		return SQLITE_DENY;
	/* VACUUM attaches the empty name; no name is an expression. */
	if (action == SQLITE_ATTACH && !guard->engine->path &&
	    (!a || (*a && strcmp(a, ":memory:") != 0)))
		return guard_deny(
			guard->engine,
			"ATTACH and VACUUM INTO need a file, but this "
			"runs only in memory",
			"it can run only on the database itself");
	if (action == SQLITE_PRAGMA && b && !guard_is_query(a)) {
		guard->changed = true;
		/* It writes nothing, but changes what later statements see. */
		if (script->verify)
			return guard_deny(guard->engine, only_reads,
					  "remove this statement");
	}
	guard->temporary |= is_temporary(action, c);
	guard->writes |= action == SQLITE_INSERT || action == SQLITE_UPDATE ||
			 action == SQLITE_DELETE;
	if (script->guard && guard_action(guard, action, a, b) != SQLITE_OK)
		return SQLITE_DENY;
	return action == SQLITE_PRAGMA ? guard_checkpoint(guard, a, b)
				       : SQLITE_OK;
}

void guard_begin(struct guard *guard)
{
	struct engine *engine = guard->engine;

	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_ENABLE_FKEY, -1,
			  &guard->keys);
	/* Only migrations may edit the stored schema. */
	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_DEFENSIVE,
			  guard->script->typed, NULL);
	sqlite3_set_authorizer(engine->db, authorize, guard);
}

/* Runs the statements that a query returns, one at a time. */
static void run_given(struct engine *engine, const char *query)
{
	sqlite3_stmt *given = NULL;
	bool more = true;

	while (more && sqlite3_prepare_v2(engine->db, query, -1, &given,
					  NULL) == SQLITE_OK) {
		char *sql = NULL;

		if (sqlite3_step(given) == SQLITE_ROW)
			sql = sqlite3_mprintf("%s",
					      sqlite3_column_text(given, 0));
		sqlite3_finalize(given);
		more = sql && sqlite3_exec(engine->db, sql, NULL, NULL, NULL) ==
				      SQLITE_OK;
		sqlite3_free(sql);
	}
}

/* Drops what would otherwise outlive the script; with foreign keys off, because
   temporary tables may refer to each other. */
static void drop_temporary(struct engine *engine)
{
	int keys = 0;

	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &keys);
	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	run_given(engine, "SELECT printf('DROP %s temp.\"%w\"', type, name) "
			  "FROM sqlite_temp_schema WHERE type <> 'index' AND "
			  "name NOT LIKE 'sqlite_%' ORDER BY type = 'table'");
	run_given(engine, "SELECT printf('DETACH \"%w\"', name) FROM "
			  "pragma_database_list WHERE name NOT IN ('main', "
			  "'temp')");
	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_ENABLE_FKEY, keys, NULL);
}

void guard_end(struct guard *guard)
{
	struct engine *engine = guard->engine;

	sqlite3_set_authorizer(engine->db, NULL, NULL);
	if (guard->temporary)
		drop_temporary(engine);
	if (guard->changed)
		engine_restore_settings(engine, guard->keys);
	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

enum status guard_statement(const struct guard *guard, sqlite3_stmt *handle,
			    const char *at, struct error *e)
{
	const struct script *script = guard->script;

	/* It has no value: SQLite would use NULL. */
	if (sqlite3_bind_parameter_count(handle) > 0 && !script->begin) {
		const char *name = sqlite3_bind_parameter_name(handle, 1);

		fail(e, INVALID, "the parameter %s has no value here",
		     name ? name : "?");
		error_hint(e, "write the value itself");
	} else if (script->guard && !sqlite3_strnicmp(at, "VACUUM", 6)) {
		fail(e, INVALID, "VACUUM is not allowed inside a transaction");
		error_hint(e, "%s", outside_hint);
	} else if (script->typed && !sqlite3_strnicmp(at, "VACUUM", 6)) {
		fail(e, INVALID, "VACUUM is not allowed inside a transaction");
		error_hint(e, "compact the database with: taskmgr db vacuum");
	} else if (script->reads && !sqlite3_stmt_readonly(handle) &&
		   sqlite3_strnicmp(at, "PRAGMA", 6) != 0) {
		fail(e, INVALID, "this statement changes the database");
		error_hint(e, "%s", script->reads);
	} else if (script->verify && !sqlite3_stmt_readonly(handle)) {
		fail(e, INVALID, "%s", only_reads);
		error_hint(e, "remove this statement");
	}
	return e->status;
}

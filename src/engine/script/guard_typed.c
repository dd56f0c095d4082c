/*
 * What SQL typed by a user may do (sqlite.org/c3ref/c_alter_table.html lists
 * the authorizer's actions).  It is one transaction, like every command, and
 * leaves the connection unchanged.
 */
#include "engine/script/guard.h"

static const char one_transaction[] =
	"remove it: all statements of one sql command are one transaction";

/* Pragmas that act although they have no value. */
static bool acts_alone(const char *name)
{
	static const char *const names[] = { "incremental_vacuum", "optimize",
					     "shrink_memory", "wal_checkpoint",
					     NULL };
	const char *const *known = names;

	while (*known && sqlite3_stricmp(*known, name) != 0)
		known++;
	return *known != NULL;
}

/* The two numbers that a file keeps for the programs that use it. */
static bool is_label(const char *name)
{
	return sqlite3_stricmp(name, "user_version") == 0 ||
	       sqlite3_stricmp(name, "application_id") == 0;
}

static int judge_pragma(const struct guard *guard, const char *name,
			const char *value)
{
	const char *reads = guard->script->reads;

	if (value ? guard_is_query(name) : !acts_alone(name))
		return SQLITE_OK;
	if (is_label(name))
		return reads ? guard_deny(guard->engine,
					  "this PRAGMA changes the database",
					  reads)
			     : SQLITE_OK;
	return guard_deny(
		guard->engine, "this PRAGMA changes how the database is used",
		"only PRAGMAs that read are allowed; with --write also "
		"user_version and application_id");
}

int guard_typed(const struct guard *guard, int action, const char *a,
		const char *b)
{
	struct engine *engine = guard->engine;

	switch (action) {
	case SQLITE_TRANSACTION:
		return guard_deny(engine,
				  "BEGIN, COMMIT and ROLLBACK are not allowed "
				  "here",
				  one_transaction);
	case SQLITE_SAVEPOINT:
		return guard_deny(engine,
				  "SAVEPOINT, RELEASE and ROLLBACK TO are not "
				  "allowed here",
				  one_transaction);
	case SQLITE_ATTACH:
	case SQLITE_DETACH:
		return guard_deny(engine, "ATTACH and DETACH are not allowed",
				  "work on another database with --db");
	case SQLITE_PRAGMA:
		return judge_pragma(guard, a, b);
	}
	return SQLITE_OK;
}

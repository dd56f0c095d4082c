/*
 * Checks what a script may do, while SQLite prepares each statement
 * (sqlite.org/c3ref/set_authorizer.html).
 */
#ifndef ENGINE_SCRIPT_GUARD_H
#define ENGINE_SCRIPT_GUARD_H

#include "engine/sqlite.h"

struct guard {
	struct engine *engine;
	const struct script *script;
	bool changed; /* a setting of the connection was changed */
	bool temporary; /* a temporary object was created or a database attached */
	/* Of the statement compiled last: */
	bool writes;
	bool checkpoints; /* it runs PRAGMA wal_checkpoint */
	bool elsewhere;   /* the error is not the statement's */
	int keys;         /* whether foreign keys were on before the script */
};

/* Starts checking statements; guard_end stops and restores settings. */
void guard_begin(struct guard *guard);
void guard_end(struct guard *guard);

/* Checks what SQLite's authorizer cannot see; at: the first word. */
enum status guard_statement(const struct guard *guard, sqlite3_stmt *handle,
			    const char *at, struct error *e);

/* Refuses an action, with a message and a hint. */
int guard_deny(struct engine *engine, const char *why, const char *hint);

/* Whether a pragma with a value only reads, judging by its name. */
bool guard_is_query(const char *pragma);

/* Refuses what SQL typed by a user may not do. */
int guard_typed(const struct guard *guard, int action, const char *a,
		const char *b);

/* Restores every setting that a PRAGMA may have changed. */
void engine_restore_settings(struct engine *engine, bool foreign_keys);

#endif

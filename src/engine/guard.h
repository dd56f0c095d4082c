/*
 * What a script may do, asked by SQLite while it prepares a statement
 * (sqlite.org/c3ref/set_authorizer.html).
 */
#ifndef ENGINE_GUARD_H
#define ENGINE_GUARD_H

#include "engine/sqlite.h"

struct guard {
	struct engine *engine;
	const struct script *script;
	bool changed;   /* a setting of the connection */
	bool temporary; /* something is in temp, or attached */
	/* Of the statement that was compiled last: */
	bool writes;
	bool checkpoints; /* the log, by PRAGMA wal_checkpoint */
	int keys;         /* whether foreign keys were on */
};

/* From here on statements are watched; guard_end puts settings back. */
void guard_begin(struct guard *guard);
void guard_end(struct guard *guard);

/* What SQLite doesn't ask about; at: the statement's first word. */
enum status guard_statement(const struct guard *guard, sqlite3_stmt *handle,
			    const char *at, struct error *e);

/* Everything that a PRAGMA may have left, as it was or as a new connection has
   it. */
void engine_restore_settings(struct engine *engine, bool foreign_keys);

#endif

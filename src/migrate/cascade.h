/*
 * What goes along with a table's rows: with foreign keys on, a DROP TABLE
 * deletes them first, and ON DELETE does to other tables' rows what it says
 * (sqlite.org/foreignkeys.html#fk_schemacommands), which is never meant of a
 * table that is made anew.
 */
#ifndef MIGRATE_CASCADE_H
#define MIGRATE_CASCADE_H

#include "engine/engine.h"

/*
 * To be called before a statement runs; rest is the text behind it.  CONFLICT
 * if it is a DROP TABLE, or a DELETE of all rows of a table that is filled
 * again, and would delete or change rows of a table which the rest neither
 * reads nor keeps.
 */
CHECKED enum status cascade_check(struct engine *engine, const char *statement,
				  size_t length, const char *rest,
				  struct error *e);

/*
 * REPLACE deletes rows as well, before it knows that there is one in the way.
 * Before a statement, and after it: CONFLICT if it took rows of other tables
 * along.  The watch is one statement's, in arena.
 */
struct cascade_watch {
	const char *table; /* NULL: nothing is watched */
	struct child *children;
	size_t count;
};
CHECKED enum status cascade_watch(struct engine *engine, const char *statement,
				  size_t length, struct arena *arena,
				  struct cascade_watch *out, struct error *e);
CHECKED enum status cascade_watched(struct engine *engine,
				    const struct cascade_watch *watch,
				    struct arena *arena, struct error *e);

#endif

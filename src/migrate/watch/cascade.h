/*
 * What goes along with a table's rows.  With foreign keys on, a DROP TABLE
 * deletes them first (sqlite.org/foreignkeys.html#fk_schemacommands), as does
 * REPLACE with those in its way, and ON DELETE does to other tables' rows what
 * it says: which is never meant of rows that come again.
 */
#ifndef MIGRATE_CASCADE_H
#define MIGRATE_CASCADE_H

#include "migrate/watch/deletions.h"

/* A statement that has run, what it took, and what stands behind it. */
struct cascade {
	struct engine *engine;
	struct arena *arena;
	const struct deletions *deletions;
	enum verb verb;
	struct span statement;
	const char *rest;
};

/*
 * CONFLICT if it was a DROP TABLE, a REPLACE, or a DELETE of all rows of a
 * table that is filled again, and ON DELETE has deleted or changed rows of a
 * table which the rest keeps.
 */
CHECKED enum status cascade_check(const struct cascade *cascade,
				  struct error *e);

#endif

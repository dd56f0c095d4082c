/*
 * Unintended cascades.  With foreign keys on, DROP TABLE first deletes the
 * table's rows (sqlite.org/foreignkeys.html#fk_schemacommands), and REPLACE the
 * rows it conflicts with.  ON DELETE then fires in other tables, which is never
 * intended when the rows are about to be reinserted.
 */
#ifndef MIGRATE_CASCADE_H
#define MIGRATE_CASCADE_H

#include "migrate/watch/deletions.h"

/* A statement that has run, the rows it deleted, and the SQL after it. */
struct cascade {
	struct engine *engine;
	struct arena *arena;
	const struct deletions *deletions;
	enum verb verb;
	struct span statement;
	const char *rest;
};

/*
 * CONFLICT if the statement is a DROP TABLE, a REPLACE, or a DELETE from a
 * table that is refilled later, and ON DELETE deleted or changed rows of a
 * table that the rest does not drop.
 */
CHECKED enum status cascade_check(const struct cascade *cascade,
				  struct error *e);

#endif

/*
 * Explains why a statement of a revision failed.  The revision may have been
 * written for a database without the offending rows, so autogenerate's check is
 * repeated when it runs.
 */
#ifndef MIGRATE_EXPLAIN_H
#define MIGRATE_EXPLAIN_H

#include "engine/engine.h"
#include "migrate/revision/revision.h"

/*
 * Call right after a section has failed with e, before its transaction is
 * rolled back; whole is false if it ran without one.  If a constraint or a
 * STRICT type refused an INSERT … SELECT, a CREATE UNIQUE INDEX or an ADD
 * COLUMN, adds to e the number of offending rows and up to five of them; if the
 * schema refused the statement, adds a hint.  Otherwise e is unchanged.
 */
void explain_fault(struct engine *engine, const struct section *section,
		   bool whole, struct error *e);

#endif

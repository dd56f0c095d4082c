/*
 * Which rows a constraint refused.  A revision may have been written where
 * there were none of them, so what autogenerate judges beforehand is judged
 * again where it runs.
 */
#ifndef MIGRATE_EXPLAIN_H
#define MIGRATE_EXPLAIN_H

#include "engine/engine.h"
#include "migrate/revision/revision.h"

/*
 * To be called right after a section has failed with e, in its transaction or,
 * where there is none (not whole), behind what of it was done.  If a constraint
 * or a STRICT type refused an INSERT … SELECT, a CREATE UNIQUE INDEX or an ADD
 * COLUMN, adds to e how many rows are in the way, and up to five of them; if
 * the schema refused a statement, what to do.  Where these can't be told, e
 * stays as it is.
 */
void explain_fault(struct engine *engine, const struct section *section,
		   bool whole, struct error *e);

#endif

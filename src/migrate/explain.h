/*
 * Which rows a constraint refused.  A revision may have been written where
 * there were none of them, so what autogenerate judges beforehand is judged
 * again where it runs.
 */
#ifndef MIGRATE_EXPLAIN_H
#define MIGRATE_EXPLAIN_H

#include "engine/engine.h"

/*
 * To be called right after a script has failed with e, in its transaction or,
 * where there is none (not whole), behind what of it was done.  If
 * a UNIQUE, NOT NULL or CHECK constraint refused an INSERT … SELECT or a
 * CREATE UNIQUE INDEX, adds to e how many rows are in the way, and up to five
 * of them.  Where these can't be told, e stays as it is.
 */
void explain_fault(struct engine *engine, bool whole, struct error *e);

#endif

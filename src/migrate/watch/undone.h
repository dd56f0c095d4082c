/*
 * What a revision that makes a table anew undoes without knowing of it: a
 * column, an index, a trigger, a constraint that a revision of another branch
 * added, or somebody besides all revisions.
 */
#ifndef MIGRATE_UNDONE_H
#define MIGRATE_UNDONE_H

#include "migrate/run/run.h"
#include "schema/model/model.h"

struct undone {
	const struct schema *before; /* NULL: there is nothing to look for */
	const struct names *tables;
};

/*
 * Before a step that drops those tables.  A downgrade is watched only where
 * revisions of other branches stay: what else is lost it counts.
 */
CHECKED enum status undone_begin(const struct run *run,
				 const struct run_step *step,
				 const struct names *tables, struct undone *out,
				 struct error *e);

/*
 * After it: CONFLICT if one of the tables is there and lacks something that it
 * had, that the revisions the step knows of don't make, and that its file
 * doesn't name.
 */
CHECKED enum status undone_end(struct run *run, const struct run_step *step,
			       const struct undone *undone, struct error *e);

#endif

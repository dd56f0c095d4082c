/*
 * What a revision that makes a table anew undoes without knowing of it: a
 * column, an index, a trigger, a constraint that a revision of another branch
 * added, or somebody besides all revisions.
 */
#ifndef MIGRATE_UNDONE_H
#define MIGRATE_UNDONE_H

#include "migrate/record/site.h"
#include "schema/model/model.h"

struct undone {
	struct site *site;
	/* The step that runs. */
	size_t node;
	const struct revision *revision;
	const char *text;
	const struct sections *sections;
	bool up;
	bool from_nothing;   /* the database had no table before the run */
	bool quiet;          /* warns of nothing */
	const bool *applied; /* which nodes are, before the step */
	/* Gives the schema that the revisions up to these nodes make. */
	enum status (*replay)(void *data, const struct nodes *to,
			      struct schema **out, struct error *e);
	void *data;
	/* private */
	const struct schema *before; /* NULL: there is nothing to look for */
	const struct names *tables;
};

/*
 * Before a step that drops those tables.  A downgrade is watched only where
 * revisions of other branches stay: what else is lost it counts.
 */
CHECKED enum status undone_begin(struct undone *undone,
				 const struct names *tables, struct error *e);

/*
 * After it: CONFLICT if one of the tables is there and lacks something that it
 * had, that the revisions the step knows of don't make, and that its file
 * doesn't name.
 */
CHECKED enum status undone_end(const struct undone *undone, struct error *e);

#endif

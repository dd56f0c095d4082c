/*
 * Detects parts of a table (columns, indexes, triggers, constraints) that a
 * rebuild silently drops because another branch, or someone by hand, added them
 * after it was written.
 */
#ifndef MIGRATE_UNDONE_H
#define MIGRATE_UNDONE_H

#include "migrate/record/site.h"
#include "schema/model/model.h"

struct undone {
	struct site *site;
	/* The running step. */
	size_t node;
	const struct revision *revision;
	const char *text;
	const struct sections *sections;
	bool up;
	bool from_nothing;   /* the database had no table before the run */
	bool quiet;          /* print no warnings */
	const bool *applied; /* the nodes applied before the step */
	/* Builds the schema of the revisions up to these nodes. */
	enum status (*replay)(void *data, const struct nodes *to,
			      struct schema **out, struct error *e);
	void *data;
	/* private */
	const struct schema *before; /* NULL: nothing to check */
	const struct names *tables;
};

/*
 * Call before a step that drops those tables.  A downgrade is checked only if
 * revisions of other branches stay applied: its other losses are counted and
 * confirmed beforehand.
 */
CHECKED enum status undone_begin(struct undone *undone,
				 const struct names *tables, struct error *e);

/*
 * Call after the step.  CONFLICT if one of the tables exists again without a
 * part that it had, that none of the step's ancestors creates, and that the
 * step's file does not mention.
 */
CHECKED enum status undone_end(const struct undone *undone, struct error *e);

#endif

/* Finds the data a run would lose, by rehearsing it. */
#ifndef MIGRATE_LOSS_H
#define MIGRATE_LOSS_H

#include "migrate/run/run.h"
#include "migrate/run/tally.h"

/* Each member is NULL if nothing is affected. */
struct loss {
	/* Deleted rows and values: "5 rows of users, 1 value of tasks.due". */
	const char *lost;
	/* Values converted to a column's new type: "1 value of users.zip". */
	const char *rewritten;
	/* NULLs replaced because their column becomes NOT NULL:
	   "2 NULLs of tasks.due become 0". */
	const char *filled;
};

/* The values before and after a run. */
struct loss_watch {
	struct tally before, after;
	struct buffer *rewritten;
	size_t first; /* the first step */
};

/* Counts all values, and makes the run count them again when it is done; then
   loss_end compares.  rewritten and watch must live until then. */
CHECKED enum status loss_begin(struct run *run, struct buffer *rewritten,
			       struct loss_watch *watch, struct error *e);
void loss_end(struct run *run, const struct loss_watch *watch,
	      struct loss *out);

/* The same in one call: rehearses the steps, and rolls them back. */
CHECKED enum status loss_find(struct run *run, struct loss *out,
			      struct error *e);

#endif

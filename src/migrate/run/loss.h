/* What a run would throw away, found out by rehearsing it. */
#ifndef MIGRATE_LOSS_H
#define MIGRATE_LOSS_H

#include "migrate/run/run.h"
#include "migrate/run/tally.h"

/* NULL where there is nothing of the kind. */
struct loss {
	/* What goes with how many values: "5 rows of users, 1 value of
	   tasks.due". */
	const char *lost;
	/* What a column's type would change: "1 value of users.zip". */
	const char *rewritten;
	/* NULLs under a column that becomes NOT NULL, which get some value:
	   "2 NULLs of tasks.due become 0". */
	const char *filled;
};

/* The values before a rehearsal, and behind it. */
struct loss_watch {
	struct tally before, after;
	struct buffer *rewritten;
	size_t first; /* of the steps */
};

/* Counts what is there, and has the run count what comes out. */
CHECKED enum status loss_begin(struct run *run, struct buffer *rewritten,
			       struct loss_watch *watch, struct error *e);
void loss_end(struct run *run, const struct loss_watch *watch,
	      struct loss *out);

/* Both, around the steps, which are rolled back. */
CHECKED enum status loss_find(struct run *run, struct loss *out,
			      struct error *e);

#endif

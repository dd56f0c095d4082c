/* What a downgrade would throw away, found out by rehearsing it. */
#ifndef MIGRATE_LOSS_H
#define MIGRATE_LOSS_H

#include "migrate/run.h"

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

/* Runs the steps and rolls them back. */
CHECKED enum status loss_find(struct run *run, struct loss *out,
			      struct error *e);

#endif

/* What a downgrade would throw away, found out by rehearsing it. */
#ifndef MIGRATE_LOSS_H
#define MIGRATE_LOSS_H

#include "migrate/run.h"

/*
 * Runs the steps and rolls them back.  *lost gets what tables and columns
 * would go with how many values, "5 rows of users, 1 value of tasks.due",
 * or NULL where nothing that holds values would.
 */
CHECKED enum status loss_find(struct run *run, const char **lost,
			      struct error *e);

#endif

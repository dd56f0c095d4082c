/* Prints the SQL of revisions instead of running them. */
#ifndef MIGRATE_PRINT_RUN_H
#define MIGRATE_PRINT_RUN_H

#include "operation/operation.h"

/*
 * Writes a row for each revision on the way to spec, which may be FROM:TO.
 * Without FROM an upgrade begins at the base, as in Alembic, and a downgrade at
 * the database's current revisions.
 */
CHECKED enum status print_run(struct call *call, bool up, const char *spec,
			      struct error *e);

#endif

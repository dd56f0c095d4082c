/* Sets a database's current revisions, and keeps its records in step. */
#ifndef MIGRATE_STAMP_H
#define MIGRATE_STAMP_H

#include "migrate/record/site.h"

/*
 * Sets the current revisions without running anything, and prints a
 * note.  Every applied revision gets a record; all other records are deleted.
 */
CHECKED enum status stamp_nodes(struct site *site, const struct nodes *to,
				struct error *e);

/* Rewrites records that are missing or differ from their file; lists their
   revisions in changed. */
CHECKED enum status stamp_repair(struct site *site, struct names *changed,
				 struct error *e);

#endif

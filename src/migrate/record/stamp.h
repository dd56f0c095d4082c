/* Saying where a database is, and keeping its record in step with that. */
#ifndef MIGRATE_STAMP_H
#define MIGRATE_STAMP_H

#include "migrate/record/site.h"

/*
 * Puts the database at these nodes, running nothing, and says so.  Every
 * applied revision gets a record, those of all others go.
 */
CHECKED enum status stamp_told(struct site *site, const struct nodes *to,
			       struct error *e);

/* Writes records that are missing or differ from their file anew: changed. */
CHECKED enum status stamp_repair(struct site *site, struct names *changed,
				 struct error *e);

#endif

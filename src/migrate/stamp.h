/* Saying where a database is, and keeping its record in step with that. */
#ifndef MIGRATE_STAMP_H
#define MIGRATE_STAMP_H

#include "migrate/site.h"

/*
 * Gives every applied revision a record and takes away the records of all
 * others.  With again, records that differ from their file are written anew.
 */
CHECKED enum status stamp_records(const struct site *site, bool again,
				  size_t *changed, struct error *e);

#endif

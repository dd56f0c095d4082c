/* Running revisions into an empty database in memory, to see what they make. */
#ifndef MIGRATE_REPLAY_H
#define MIGRATE_REPLAY_H

#include "migrate/site.h"
#include "schema/model.h"

/* The schema that the revisions up to these nodes make. */
CHECKED enum status replay_up(const struct site *site, const struct nodes *to,
			      struct schema **out, struct error *e);

/* The same, believing that none of them undoes what it doesn't know of. */
CHECKED enum status replay_known(const struct site *site,
				 const struct nodes *to, struct schema **out,
				 struct error *e);

/*
 * The same after a round from base to these nodes and back; FAILED if a table
 * is left there.  A revision that cannot be downgraded ends the way back.
 */
CHECKED enum status replay_round(const struct site *site,
				 const struct nodes *to, struct schema **out,
				 struct error *e);

#endif

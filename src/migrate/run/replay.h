/* Running revisions into an empty database in memory, to see what they make. */
#ifndef MIGRATE_REPLAY_H
#define MIGRATE_REPLAY_H

#include "migrate/record/site.h"
#include "schema/model/model.h"

/* The schema that the revisions up to these nodes make. */
CHECKED enum status replay_up(const struct site *site, const struct nodes *to,
			      struct schema **out, struct error *e);

/*
 * The same after a round from base to these nodes and back; FAILED if a table
 * is left there.  A revision that cannot be downgraded ends the way back.
 */
CHECKED enum status replay_round(const struct site *site,
				 const struct nodes *to, struct schema **out,
				 struct error *e);

/*
 * A replay that goes on from where it was, for a run that asks again and again
 * what its revisions know of; it believes that none of them undoes anything.
 * Once it has failed it is of no more use.
 */
struct replay;
struct replay *replay_new(const struct site *site);
void replay_free(struct replay *replay);
CHECKED enum status replay_to(struct replay *replay, const struct nodes *to,
			      struct schema **out, struct error *e);

#endif

/* Runs revisions in an empty in-memory database, to get their schema. */
#ifndef MIGRATE_REPLAY_H
#define MIGRATE_REPLAY_H

#include "migrate/record/site.h"
#include "schema/model/model.h"

/* Reads the schema of the revisions up to these nodes. */
CHECKED enum status replay_up(const struct site *site, const struct nodes *to,
			      struct schema **out, struct error *e);

/*
 * The same after an upgrade to these nodes, a downgrade to base and another
 * upgrade; FAILED if a table remains at base.  The downgrade stops before a
 * revision that has no down section.
 */
CHECKED enum status replay_round(const struct site *site,
				 const struct nodes *to, struct schema **out,
				 struct error *e);

/*
 * A replay that continues from its last position, for repeated calls.  Skips
 * the loss checks (the replay database has no rows).  Must not be used after a
 * failure.
 */
struct replay;
struct replay *replay_new(const struct site *site);
void replay_free(struct replay *replay);
CHECKED enum status replay_to(struct replay *replay, const struct nodes *to,
			      struct schema **out, struct error *e);

#endif

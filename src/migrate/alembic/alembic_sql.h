/* The SQL of Alembic's revisions, printed by Alembic itself. */
#ifndef MIGRATE_ALEMBIC_SQL_H
#define MIGRATE_ALEMBIC_SQL_H

#include "migrate/revision/revision.h"

struct alembic_step {
	const char *revision;
	const char *sql; /* or "" */
};

struct alembic_steps {
	struct alembic_step *items;
	size_t count;
};

/*
 * Runs "alembic -c config upgrade heads --sql", or "downgrade FROM:base",
 * and splits its output at "-- Running …".  Lists nothing if the command is
 * missing, and only the steps before a failure.  Appends downgrades to out.
 */
struct alembic_steps alembic_upgrades(const char *config, struct arena *arena);
void alembic_downgrades(const char *config, const char *from,
			struct arena *arena, struct alembic_steps *out);

/* The SQL of a revision, or NULL. */
const char *alembic_find(const struct alembic_steps *steps,
			 const char *revision);

#endif

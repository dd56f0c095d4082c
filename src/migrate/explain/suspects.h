/*
 * The rows that a statement was refused for: those that INSERT … SELECT would
 * have made, CREATE UNIQUE INDEX would have listed, or ALTER TABLE … ADD COLUMN
 * would have changed.
 */
#ifndef MIGRATE_SUSPECTS_H
#define MIGRATE_SUSPECTS_H

#include "engine/engine.h"
#include "schema/trial/row_copy.h"
#include "schema/text/token.h"

struct suspects {
	struct row_copy copy;     /* to be made before they are looked for */
	size_t ncopies;           /* 1, or 0: none is needed */
	const char *count, *show; /* SELECTs: how many; up to five of them */
};

/* False if it can't be told which those are. */
bool suspects_find(struct engine *engine, struct span statement,
		   const struct fault *fault, struct arena *arena,
		   struct suspects *out);

#endif

/*
 * Finds the rows that a statement was refused for: rows that INSERT … SELECT
 * would have inserted, CREATE UNIQUE INDEX indexed, or ALTER TABLE … ADD COLUMN
 * changed.
 */
#ifndef MIGRATE_SUSPECTS_H
#define MIGRATE_SUSPECTS_H

#include "engine/engine.h"
#include "schema/text/token.h"
#include "schema/trial/row_copy.h"

struct suspects {
	struct row_copy copy;     /* to make before running the SELECTs */
	size_t ncopies;           /* 1, or 0 if no copy is needed */
	const char *count, *show; /* SELECTs: their number; up to five rows */
};

/* Builds those SELECTs; false if the rows cannot be determined. */
bool suspects_find(struct engine *engine, struct span statement,
		   const struct fault *fault, struct arena *arena,
		   struct suspects *out);

#endif

/* How many values every column of a database holds. */
#ifndef MIGRATE_TALLY_H
#define MIGRATE_TALLY_H

#include "engine/engine.h"
#include "schema/model/model.h"

struct tally {
	struct schema *schema;
	/* For each table its rows; then, for each column, those that are not
	   NULL.  A generated column holds nothing. */
	int64_t **counts;
};

/* Reads the schema and counts; of views nothing is counted. */
CHECKED enum status tally_read(struct engine *engine, struct arena *arena,
			       struct tally *out, struct error *e);

#endif

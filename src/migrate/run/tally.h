/* Counts the values in every column of a database. */
#ifndef MIGRATE_TALLY_H
#define MIGRATE_TALLY_H

#include "engine/engine.h"
#include "schema/model/model.h"

struct tally {
	struct schema *schema;
	/* For each table: its rows, then for each column its values that are
	   not NULL; 0 for a generated column. */
	int64_t **counts;
};

/* Reads the schema and counts; views are not counted. */
CHECKED enum status tally_read(struct engine *engine, struct arena *arena,
			       struct tally *out, struct error *e);

#endif

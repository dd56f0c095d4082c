/* How many rows tables have, before and after. */
#ifndef MIGRATE_ROWS_H
#define MIGRATE_ROWS_H

#include "engine/engine.h"

struct row_count {
	const char *table;
	int64_t rows;
};

struct row_counts {
	struct row_count *items;
	size_t count;
};

/* Counts the rows of all tables but the engine's and our own. */
CHECKED enum status rows_count(struct engine *engine, struct arena *arena,
			       struct row_counts *out, struct error *e);

/* That table's count, or NULL. */
const struct row_count *rows_find(const struct row_counts *counts,
				  const char *table);

#endif

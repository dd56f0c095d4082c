/* Rows: how many tables have, before and after; which are in the way. */
#ifndef MIGRATE_ROWS_H
#define MIGRATE_ROWS_H

#include "engine/engine.h"
#include "migrate/revision/revision.h"
#include "util/buffer.h"

struct row_count {
	const char *table;
	int64_t rows;
};

struct row_counts {
	struct row_count *items;
	size_t count;
};

/* Counts the rows of those tables; NULL: of all but the engine's and our
   own. */
CHECKED enum status rows_count(struct engine *engine, struct arena *arena,
			       const struct names *only, struct row_counts *out,
			       struct error *e);

/* That table's count, or NULL. */
const struct row_count *rows_find(const struct row_counts *counts,
				  const char *table);

/* Whether one of the names is a table's, in any case as SQL has them. */
bool tables_have(const struct names *tables, const char *name);

/* Adds the rows of a query as lines for an error's detail: "    a 1, b x". */
CHECKED enum status rows_show(struct engine *engine, const char *sql,
			      struct buffer *out, struct error *e);

#endif

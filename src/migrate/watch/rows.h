/* Counts the rows of tables, and shows rows in an error. */
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

/* Counts the rows of the tables in only; NULL: of all except SQLite's and
   taskmgr's own. */
CHECKED enum status rows_count(struct engine *engine, struct arena *arena,
			       const struct names *only, struct row_counts *out,
			       struct error *e);

/* The count of a table, or NULL. */
const struct row_count *rows_find(const struct row_counts *counts,
				  const char *table);

/* Whether the list contains the name, ignoring case as SQL does. */
bool tables_have(const struct names *tables, const char *name);

/* Appends the rows of a query as lines for an error's detail:
   "    a 1, b x". */
CHECKED enum status rows_show(struct engine *engine, const char *sql,
			      struct buffer *out, struct error *e);

#endif

/*
 * The version table, identical to Alembic's, so that a database can move
 * between the two: one row for each applied revision that no applied one
 * follows.
 */
#ifndef MIGRATE_VERSION_H
#define MIGRATE_VERSION_H

#include "engine/engine.h"
#include "migrate/revision/revision.h"

extern const char version_table_sql[];

/* Whether the database has a table of that name. */
CHECKED enum status version_has_table(struct engine *engine, const char *name,
				      bool *has, struct error *e);

/* Reads a query's first column, names of revisions. */
CHECKED enum status version_names(struct statement *rows, struct arena *arena,
				  struct names *out, struct error *e);

/* Reads the rows, sorted; none if there is no table. */
CHECKED enum status version_read(struct engine *engine, struct arena *arena,
				 struct names *out, struct error *e);

/* The same for a table that is known to exist: faster. */
CHECKED enum status version_rows(struct engine *engine, struct arena *arena,
				 struct names *out, struct error *e);

/* Creates the table if it is missing. */
CHECKED enum status version_ensure(struct engine *engine, struct error *e);

/* One change of a row: an INSERT if from is NULL, a DELETE if to is. */
struct version_change {
	const char *from, *to;
};
struct version_changes {
	struct version_change *items;
	size_t count;
};

/* The fewest changes that turn the rows from into the rows to. */
struct version_changes version_changes(const struct names *from,
				       const struct names *to,
				       struct arena *arena);
/* Executes the changes; FAILED if one does not affect exactly one row. */
CHECKED enum status version_apply(struct engine *engine,
				  const struct version_changes *changes,
				  struct error *e);

/* A change as SQL, ending with ";\n". */
const char *version_change_sql(const struct version_change *change,
			       struct arena *arena);

#endif

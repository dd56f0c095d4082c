/*
 * The version table, Alembic's to the byte, so that a database can move
 * between the two: one row for each revision that nothing applied follows.
 */
#ifndef MIGRATE_VERSION_H
#define MIGRATE_VERSION_H

#include "engine/engine.h"
#include "migrate/revision/revision.h"

extern const char version_table_sql[];

/* Whether the database has a table of that name. */
CHECKED enum status version_has_table(struct engine *engine, const char *name,
				      bool *has, struct error *e);

/* The rows, in order; none where there is no table. */
CHECKED enum status version_read(struct engine *engine, struct arena *arena,
				 struct names *out, struct error *e);

/* The same of a table that is known to be there, which costs less. */
CHECKED enum status version_rows(struct engine *engine, struct arena *arena,
				 struct names *out, struct error *e);

/* Makes the table where there is none. */
CHECKED enum status version_ensure(struct engine *engine, struct error *e);

/* One change of a row: from NULL it is new, to NULL it goes. */
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
CHECKED enum status version_apply(struct engine *engine,
				  const struct version_changes *changes,
				  struct error *e);

/* A change as SQL text, ended by ";\n". */
const char *version_change_sql(const struct version_change *change,
			       struct arena *arena);

#endif

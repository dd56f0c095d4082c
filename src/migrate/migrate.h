/*
 * Migrations: revision files, their graph, the version table, and the
 * operations of db.  The rest of the program includes only this header.
 */
#ifndef MIGRATE_MIGRATE_H
#define MIGRATE_MIGRATE_H

#include "operation/operation.h"

/* The operations of db. */
const struct operation *migrate_operations(size_t *count);

/*
 * The text of the wanted schema: schema.sql of the context's migrations
 * folder, empty if that has none, or the built-in one.  *name is for messages.
 */
CHECKED enum status migrate_schema_text(const struct context *context,
					struct arena *arena, const char **text,
					const char **name, struct error *e);

/*
 * SCHEMA, naming the command to run, if the database is behind its
 * migrations.  Checked only where a migrations folder is configured or the
 * built-in revisions are stamped; otherwise OK.
 */
CHECKED enum status migrate_require_head(struct context *context,
					 struct arena *arena, struct error *e);

#endif

/*
 * Reads a schema from a live database, or from SQL text by running it in
 * memory.  Both use the same code, so that two schemas differ only in meaning.
 */
#ifndef SCHEMA_READ_H
#define SCHEMA_READ_H

#include "engine/engine.h"
#include "schema/model/model.h"

/* Reads the schema of an open database into arena. */
CHECKED enum status schema_read(struct engine *engine, struct arena *arena,
				struct schema **out, struct error *e);

/* Whether a table is taskmgr's own: no resource, and in no comparison. */
bool schema_is_bookkeeping(const char *table);

/*
 * Reads the schema that text creates in an empty database.  name, the file's or
 * NULL, is for messages: "name:14:9: near …".  What has no effect becomes a
 * warning.  A function, collation or module that the engine lacks is an error
 * unless the SQL of have names it too; have NULL: never an error.
 */
CHECKED enum status schema_read_text(const char *text, const char *name,
				     const struct schema *have,
				     struct arena *arena, struct schema **out,
				     struct error *e);

/* The CREATE TABLE that the database keeps for a table; NULL: no such table. */
const char *schema_table_text(struct engine *engine, const char *table,
			      struct arena *arena);

#endif

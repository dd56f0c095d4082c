/*
 * Reading a schema: from a live database, or from SQL text by way of a
 * database in memory.  Both by the same code, so that a difference between
 * the two is a difference of meaning.
 */
#ifndef SCHEMA_READ_H
#define SCHEMA_READ_H

#include "engine/engine.h"
#include "schema/model/model.h"

/* Reads the whole schema of engine into arena. */
CHECKED enum status schema_read(struct engine *engine, struct arena *arena,
				struct schema **out, struct error *e);

/*
 * Reads the schema that text would make in an empty database.  name (a file's)
 * is for error messages, "name:14:9: near …".  Annotations outside of the
 * statements, which the engine does not keep, become warnings.  Functions and
 * the like that the engine lacks are errors unless have names them too; NULL:
 * they never are.
 */
CHECKED enum status schema_read_text(const char *text, const char *name,
				     const struct schema *have,
				     struct arena *arena, struct schema **out,
				     struct error *e);

/* The CREATE TABLE that the engine keeps of a table; NULL if there is none. */
const char *schema_table_text(struct engine *engine, const char *table,
			      struct arena *arena);

#endif

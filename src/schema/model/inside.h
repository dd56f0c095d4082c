/* The steps of reading a schema; private to schema/model. */
#ifndef SCHEMA_MODEL_INSIDE_H
#define SCHEMA_MODEL_INSIDE_H

#include "schema/model/model.h"
#include "util/arena.h"

/*
 * Removes the shadow tables from schema.  SQLite recognises them by name only
 * ("f_content" for an FTS table f), but with some options the module creates no
 * such table, so it may be one of the user's: the content of an
 * external-content FTS5 table, say.  Those become ordinary tables.
 */
void shadows_drop(struct schema *schema);

/*
 * Adds warnings to schema, which was read from text.  They begin with
 * "name:14:" or, if name is NULL, with "line 14:".
 */
void schema_warn(struct schema *schema, const char *text, const char *name,
		 struct arena *arena);

#endif

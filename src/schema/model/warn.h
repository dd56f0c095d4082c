/* Instructions in a schema's text that have no effect, told to its author. */
#ifndef SCHEMA_WARN_H
#define SCHEMA_WARN_H

#include "schema/model/model.h"
#include "util/arena.h"

/*
 * Adds warnings to schema, that was read from text.  name is the file's, for
 * "name:14: …".
 */
void schema_warn(struct schema *schema, const char *text, const char *name,
		 struct arena *arena);

#endif

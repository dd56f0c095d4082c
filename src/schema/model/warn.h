/* Warnings about instructions and statements in a schema without effect. */
#ifndef SCHEMA_WARN_H
#define SCHEMA_WARN_H

#include "schema/model/model.h"
#include "util/arena.h"

/*
 * Adds warnings to schema, which was read from text.  They begin with
 * "name:14:" or, if name is NULL, with "line 14:".
 */
void schema_warn(struct schema *schema, const char *text, const char *name,
		 struct arena *arena);

#endif

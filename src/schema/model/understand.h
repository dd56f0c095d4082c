/*
 * The part of a table's model that comes from its text: what introspection
 * does not tell, and what people wrote into the comments.
 */
#ifndef SCHEMA_UNDERSTAND_H
#define SCHEMA_UNDERSTAND_H

#include "schema/text/ddl.h"
#include "schema/model/model.h"

/* Completes a table whose rows have been read and whose ddl is set. */
void table_understand(struct table *table, struct arena *arena);

#endif

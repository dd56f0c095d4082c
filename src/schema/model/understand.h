/*
 * The part of a table's model that comes from its SQL: what introspection
 * doesn't return, and the annotations in its comments.
 */
#ifndef SCHEMA_UNDERSTAND_H
#define SCHEMA_UNDERSTAND_H

#include "schema/model/model.h"
#include "schema/text/ddl.h"

/*
 * Completes a table whose columns, keys and indexes have been read.  Sets ddl
 * to NULL if it contradicts the columns.
 */
void table_understand(struct table *table, struct arena *arena);

#endif

/*
 * Derives a table's columns, foreign keys and indexes from its SQL.  The
 * engine's introspection returns the same at ten times the cost and is used
 * when in doubt; tests/unit/test_schema.c compares the two.
 */
#ifndef SCHEMA_DERIVE_H
#define SCHEMA_DERIVE_H

#include "schema/model/model.h"
#include "schema/text/ddl.h"

/*
 * Sets the columns and foreign keys of a table that has a ddl.  False, and
 * nothing is set, if the SQL is not fully understood; with lenient, for when
 * introspection fails, quoted types are accepted too.
 */
bool table_derive(struct table *table, bool lenient, struct arena *arena);

/*
 * The same for the indexes, whose name and sql are set; they must be in the
 * order of creation, which for constraints is that of the SQL.
 */
bool indexes_derive(struct table *table, struct arena *arena);

/* Whether the primary key is an alias of the rowid, before indexes are read. */
bool table_has_alias(const struct table *table);

#endif

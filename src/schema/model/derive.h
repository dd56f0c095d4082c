/*
 * A table's columns and foreign keys straight from its text.  The engine's
 * introspection says the same, at ten times the cost; where there is any
 * doubt, it is asked.  tests/unit/test_schema.c holds the two together.
 */
#ifndef SCHEMA_DERIVE_H
#define SCHEMA_DERIVE_H

#include "schema/text/ddl.h"
#include "schema/model/model.h"

/*
 * Fills the columns and foreign keys of a table that has a ddl.  False, and
 * nothing is filled, if the text has what this does not know; less of that
 * with anyhow, for when there is nobody else to ask.
 */
bool table_derive(struct table *table, bool anyhow, struct arena *arena);

/*
 * The same for the indexes, which have their names and texts; in the order
 * they were made, which for constraints is that of the text.
 */
bool indexes_derive(struct table *table, struct arena *arena);

/* Whether the key is an alias of the rowid, from the text alone. */
bool table_has_alias(const struct table *table);

#endif

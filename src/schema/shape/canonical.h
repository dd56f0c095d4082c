/* The parts of a table's SQL in canonical spelling, see tokens_canonical. */
#ifndef SCHEMA_CANONICAL_H
#define SCHEMA_CANONICAL_H

#include "schema/model/model.h"
#include "schema/text/ddl.h"

/*
 * An expression, without parentheses around it and without the table's own
 * name before a column.  As in SQLite, "x" is a string if no column has that
 * name.
 */
const char *canonical_expression(const struct table *table, struct span text,
				 struct arena *arena);

/* The DEFAULT of a column with the declared type; "" for NULL. */
const char *canonical_default(const char *declared, struct span text,
			      struct arena *arena);

/* The column list of a UNIQUE or PRIMARY KEY: "a, b collate nocase desc". */
const char *canonical_columns(const struct table *table, struct span list,
			      struct arena *arena);

/* A name. */
const char *canonical_name(const char *name, struct arena *arena);

/* A declared type; INT becomes INTEGER unless exact. */
const char *canonical_type(struct span type, bool exact, struct arena *arena);

#endif

/* The parts of a table's text in canonical spelling. */
#ifndef SCHEMA_CANONICAL_H
#define SCHEMA_CANONICAL_H

#include "schema/text/ddl.h"
#include "schema/model/model.h"

/*
 * An expression of a table.  Its own name before a column is left out, and
 * "x" is a text where no column has that name, as SQLite takes it.
 */
const char *canonical_expression(const struct table *table, struct span text,
				 struct arena *arena);

/* A DEFAULT's value on a column of that type; "" for NULL. */
const char *canonical_default(const char *declared, struct span text,
			      struct arena *arena);

/* The columns of a UNIQUE or PRIMARY KEY: "a, b collate nocase desc". */
const char *canonical_columns(const struct table *table, struct span list,
			      struct arena *arena);

/* A name, as the texts above have it. */
const char *canonical_name(const char *name, struct arena *arena);

/* A type; INT is INTEGER unless exact. */
const char *canonical_type(struct span type, bool exact, struct arena *arena);

#endif

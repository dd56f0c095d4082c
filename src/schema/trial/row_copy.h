/*
 * Rows in a table that refuses none of them.  What a type, a collation or a
 * generated column makes of a value only SQLite can tell, and only of rows
 * that it holds: so they are copied, into the connection's own database.
 */
#ifndef SCHEMA_ROW_COPY_H
#define SCHEMA_ROW_COPY_H

#include <stddef.h>

#include "util/error.h"

struct ddl;
struct engine;

struct row_copy {
	const char *table; /* what it is of */
	const char *create, *insert, *drop; /* statements */
};

/*
 * CREATE TEMP TABLE name, with the columns of ddl: their types, collations,
 * defaults and expressions, and no constraint.
 */
const char *row_copy_create(const char *name, const struct ddl *ddl,
			    struct arena *arena);

/* Makes the copies; to be dropped in any case, also those that failed. */
CHECKED enum status row_copies_make(struct engine *engine,
				    const struct row_copy *copies, size_t count,
				    struct error *e);
void row_copies_drop(struct engine *engine, const struct row_copy *copies,
		     size_t count);

#endif

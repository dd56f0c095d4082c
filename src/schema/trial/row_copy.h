/*
 * Copies of a table's future rows in temporary tables without constraints.
 * Only SQLite can compute what a new type, collation or generated column makes
 * of a value, and only for stored rows.
 */
#ifndef SCHEMA_ROW_COPY_H
#define SCHEMA_ROW_COPY_H

#include <stddef.h>

#include "util/error.h"

struct ddl;
struct engine;

struct row_copy {
	const char *table;                  /* its new name */
	const char *create, *insert, *drop; /* statements */
};

/*
 * "CREATE TEMP TABLE name …" with the columns of ddl: their types, collations,
 * defaults and generated expressions, but no constraints.
 */
const char *row_copy_create(const char *name, const struct ddl *ddl,
			    struct arena *arena);

/*
 * Makes the copies.  The caller drops them even after a failure, which may
 * leave some of them.
 */
CHECKED enum status row_copies_make(struct engine *engine,
				    const struct row_copy *copies, size_t count,
				    struct error *e);
void row_copies_drop(struct engine *engine, const struct row_copy *copies,
		     size_t count);

#endif

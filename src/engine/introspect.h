/*
 * Introspection: the facts of a database's schema as rows, in the same
 * columns from every engine.  schema/read.c makes its model of them.
 */
#ifndef ENGINE_INTROSPECT_H
#define ENGINE_INTROSPECT_H

#include "engine/engine.h"

enum introspect_query {
	/* name, kind (table view virtual shadow), without_rowid, strict, sql;
	   in the order they were made */
	INTROSPECT_TABLES,
	/* table, name, type, not_null, default, key position (0: none),
	   hidden (0, 1, 2: virtual generated, 3: stored generated) */
	INTROSPECT_COLUMNS,
	/* table, name, unique, origin (c u pk), partial, sql */
	INTROSPECT_INDEXES,
	/* table, index, position, column (NULL: an expression), descending,
	   collation */
	INTROSPECT_INDEX_COLUMNS,
	/* table, id, position, column, other table, other column (NULL: its
	   key), on update, on delete */
	INTROSPECT_FOREIGN_KEYS,
	/* table, name, sql */
	INTROSPECT_TRIGGERS,
};

/* The statement that answers a query, ready to step. */
CHECKED enum status engine_introspect(struct engine *engine,
				      enum introspect_query query,
				      struct statement **out,
				      struct error *e);

/*
 * A number that changes whenever the schema does, cheap enough to be asked
 * before every request.
 */
CHECKED enum status engine_schema_version(struct engine *engine,
					  int64_t *version, struct error *e);

#endif

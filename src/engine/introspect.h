/*
 * The facts of a database's schema as rows, in the same columns from every
 * engine; schema/model/read.c builds its model from them.  Queries are per
 * object, as SQLite's pragmas are: those cost a tenth of table-valued
 * functions, and every command runs them.
 */
#ifndef ENGINE_INTROSPECT_H
#define ENGINE_INTROSPECT_H

#include "engine/engine.h"

enum introspect_query {
	/* name, type (table view index trigger), table, sql or NULL; of the
	   whole database, in the order they were made */
	INTROSPECT_OBJECTS,
	/* schema ("main"), name, kind (table view virtual shadow), columns,
	   without rowid, strict; of the whole database */
	INTROSPECT_TABLES,
	/* of a table: position, name, type, not null, default, key position
	   (0: none), hidden (0, 1, 2: virtual generated, 3: stored) */
	INTROSPECT_COLUMNS,
	/* of a table: id, position, other table, column, other column (NULL:
	   its key), on update, on delete */
	INTROSPECT_FOREIGN_KEYS,
	/* of a table: position, name, unique, origin (c u pk), partial */
	INTROSPECT_INDEXES,
	/* of an index: position, column's position, column (NULL: an
	   expression), descending, collation, key */
	INTROSPECT_INDEX_COLUMNS,
};

/* Prepares a query about name; NULL for a query about the whole database. */
CHECKED enum status engine_introspect(struct engine *engine,
				      enum introspect_query query,
				      const char *name, struct statement **out,
				      struct error *e);

/* Whether the database has such a table; looks only at the schema in memory, so
   that it can be called before every command. */
bool engine_has_table(const struct engine *engine, const char *name);

/*
 * A number that changes whenever the schema does, cheap enough to read before
 * every request.
 */
CHECKED enum status engine_schema_version(struct engine *engine,
					  int64_t *version, struct error *e);

#endif

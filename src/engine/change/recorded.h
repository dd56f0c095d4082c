/*
 * What must be known of a table to record the changes of its rows; private to
 * engine/change/.
 */
#ifndef ENGINE_CHANGE_RECORDED_H
#define ENGINE_CHANGE_RECORDED_H

#include "engine/sqlite.h"

struct recorded_column {
	int key; /* its position in the primary key; 0: not in it */
	bool has_default, real; /* … affinity */
};

struct recorded_table {
	struct recorded_table *next;
	const char *name, *sql;
	const char *reason; /* why its changes cannot be recorded; or NULL */
	const char *rowid;  /* a name for the rowid; NULL: all are taken */
	struct recorded_column *columns;
	size_t ncolumns;
};

/* Forgets the tables if the schema was changed. */
CHECKED enum status recorded_begin(struct engine *engine, struct error *e);

/*
 * A table of the main database, in memory that recorded_begin frees; one
 * without columns if there is none of that name.  It may be called while SQLite
 * changes a row.
 */
const struct recorded_table *recorded_table(struct engine *engine,
					    const char *name);

#endif

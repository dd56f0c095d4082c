/*
 * The definition of a table, as far as recording the changes of its rows needs
 * it; private to engine/change/.
 */
#ifndef ENGINE_CHANGE_RECORDED_H
#define ENGINE_CHANGE_RECORDED_H

#include "engine/sqlite.h"

struct recorded_column {
	int key; /* its position in the primary key; 0: not in it */
	bool has_default;
	bool real; /* it has REAL affinity */
};

struct recorded_table {
	struct recorded_table *next;
	const char *name, *sql;
	const char *reason; /* why its changes cannot be recorded; or NULL */
	bool rowid_hidden;  /* a column is named _rowid_ */
	struct recorded_column *columns;
	size_t ncolumns;
	uint64_t hash; /* recorded_hash of TEXT_HASH */
};

/* FNV-1a, 64 bits, of definitions of tables, one after another. */
uint64_t recorded_hash(uint64_t hash, const struct recorded_table *table);

/* Forgets the tables if the schema was changed. */
CHECKED enum status recorded_begin(struct engine *engine, struct error *e);

/*
 * The definition of a table of the main database, in memory that recorded_begin
 * frees.  If there is no such table, it has no columns.  May be called from the
 * hook that SQLite runs before it changes a row.
 */
const struct recorded_table *recorded_table(struct engine *engine,
					    const char *name);

#endif

/* What a declared type means. */
#ifndef SCHEMA_TYPE_H
#define SCHEMA_TYPE_H

#include "schema/model/model.h"
#include "util/arena.h"

/*
 * The type that a declaration stands for: BOOLEAN, DATE, TIME, DATETIME or
 * TIMESTAMP, JSON, else by SQLite's affinity rules (sqlite.org/datatype3.html,
 * 3.1).  Names that say nothing (UUID, STRING) are TYPE_ANY where the rules
 * have NUMERIC, and so are those that hold INT by chance (POINT): the engine
 * takes any value there, and so should its doors.
 */
enum type type_declared(const char *declared);

/* The n of VARCHAR(n), CHAR(n), NVARCHAR(n) and their like; 0: none. */
size_t type_max_length(const char *declared);

/*
 * SQLite's affinity of a column (sqlite.org/datatype3.html, 3.1): TYPE_TEXT,
 * TYPE_NUMERIC, TYPE_INTEGER, TYPE_REAL or TYPE_BLOB.
 */
enum type type_affinity(const char *declared);

/* The same of a column, whose ANY takes all as it is in a STRICT table. */
enum type column_affinity(const struct table *table,
			  const struct column *column);

/*
 * What typeof says of the values, but for NULL, that a STRICT table takes in a
 * column (sqlite.org/stricttables.html, 2); NULL: of any, or it isn't STRICT.
 */
const char *column_strict_type(const struct table *table,
			       const struct column *column);

/*
 * Which values a column's new type would change into something that they
 * cannot be had back from: a condition over the old table's rows, NULL for
 * none.
 */
const char *type_rewrites(const struct table *from, const struct column *before,
			  const struct table *to, const struct column *column,
			  struct arena *arena);

/* Whether a declared type's values are numbers. */
static inline bool type_stores_number(enum type type)
{
	return type == TYPE_INTEGER || type == TYPE_REAL ||
	       type == TYPE_NUMERIC || type == TYPE_BOOLEAN;
}

/* Whether an affinity turns text that looks like a number into one (3.1.1). */
static inline bool affinity_is_numeric(enum type affinity)
{
	return affinity == TYPE_INTEGER || affinity == TYPE_REAL ||
	       affinity == TYPE_NUMERIC;
}

#endif

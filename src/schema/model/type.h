/* What a declared type means. */
#ifndef SCHEMA_TYPE_H
#define SCHEMA_TYPE_H

#include "schema/model/model.h"
#include "util/arena.h"

/*
 * The meaning of a declared type: BOOLEAN, DATE, TIME, DATETIME or TIMESTAMP,
 * JSON and the numeric names by their first word, else SQLite's affinity rules
 * (sqlite.org/datatype3.html, 3.1).  Unknown names (UUID, STRING), for which
 * the rules give NUMERIC, and names that contain INT by chance (POINT) are
 * TYPE_ANY, since such a column accepts any value.
 */
enum type type_declared(const char *declared);

/*
 * The type or the word of a constraint that a word of a declared type, such as
 * BOOLAEN or PRIMRY, is one slip away from; NULL: it is a type's, or near none.
 */
const char *type_meant(const char *word);

/* The n of VARCHAR(n), CHAR(n), NVARCHAR(n) and the like; 0: none. */
size_t type_max_length(const char *declared);

/*
 * SQLite's affinity of a column (sqlite.org/datatype3.html, 3.1): TYPE_TEXT,
 * TYPE_NUMERIC, TYPE_INTEGER, TYPE_REAL or TYPE_BLOB.
 */
enum type type_affinity(const char *declared);

/* A column's affinity; ANY in a STRICT table converts nothing: TYPE_BLOB. */
enum type column_affinity(const struct table *table,
			  const struct column *column);

/*
 * The typeof() that a STRICT table requires of a column's values other than
 * NULL (sqlite.org/stricttables.html, 2); NULL: any, or not STRICT.
 */
const char *column_strict_type(const struct table *table,
			       const struct column *column);

/*
 * A condition for the old table's rows whose value the column's new type would
 * change irreversibly; NULL: none.
 */
const char *type_rewrites(const struct table *from, const struct column *before,
			  const struct table *to, const struct column *column,
			  struct arena *arena);

/* Whether values are stored as numbers, as BOOLEAN is too. */
static inline bool type_stores_number(enum type type)
{
	return type == TYPE_INTEGER || type == TYPE_REAL ||
	       type == TYPE_NUMERIC || type == TYPE_BOOLEAN;
}

/* Whether an affinity converts numeric text to a number. */
static inline bool affinity_is_numeric(enum type affinity)
{
	return affinity == TYPE_INTEGER || affinity == TYPE_REAL ||
	       affinity == TYPE_NUMERIC;
}

#endif

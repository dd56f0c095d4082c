/* SQL that each engine writes in its own way. */
#ifndef ENGINE_SQL_H
#define ENGINE_SQL_H

#include "util/value.h"

struct engine;

/*
 * An SQL expression: all rows of a SELECT, in its order, as one value, for
 * packed_open.  Its columns must be named by sql_nested_name, from 0 on.
 */
const char *sql_nested(struct arena *arena, const char *select,
		       size_t ncolumns);
const char *sql_nested_name(struct arena *arena, size_t column);

/* Limits what sql_nested makes of one row, in bytes; a larger one is INVALID. */
void engine_limit_nested(struct engine *engine, size_t bytes);

/* Whether a name needs quotes because it is a keyword. */
bool engine_is_keyword(const char *name);

/* Whether the collation is built in, so that every program has it. */
bool engine_has_collation(const char *name);

/* Whether an expression of the schema calls a function that only the database's
   own program defines.  Must have been compiled, in any statement. */
bool engine_lacks_function(const struct engine *engine, const char *expression);

/* A condition: text contains part, ignoring case; both are SQL. */
const char *sql_contains(struct arena *arena, const char *text,
			 const char *part);

/* The year, month, week (ISO 8601), day, hour or minute of a date or time, or of
   an INTEGER of seconds, as text that sorts: "2026-W47"; NULL for a value that
   is not a date.  A NULL pointer for another part. */
const char *sql_date_part(struct arena *arena, const char *value,
			  const char *part, enum type type);

#endif

/*
 * A CREATE INDEX taken apart (sqlite.org/lang_createindex.html), for what the
 * engine's introspection does not tell: expressions and the rows it is of.
 */
#ifndef SCHEMA_INDEX_TEXT_H
#define SCHEMA_INDEX_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "util/arena.h"

struct index_term {
	const char *sql;  /* an expression, with its COLLATE */
	const char *bare; /* without */
};

struct index_text {
	const char *table;
	struct index_term *terms;
	size_t nterms;
	const char *where; /* NULL: of all rows */
};

/* False if it is no such text, which is not judged otherwise. */
bool index_parse(const char *sql, struct arena *arena, struct index_text *out);

#endif

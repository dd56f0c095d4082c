/*
 * A parsed CREATE INDEX (sqlite.org/lang_createindex.html), for what the
 * engine's introspection doesn't return: expressions and the WHERE.
 */
#ifndef SCHEMA_INDEX_TEXT_H
#define SCHEMA_INDEX_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "util/arena.h"

struct index_term {
	const char *sql;  /* expression with its COLLATE */
	const char *bare; /* expression without it */
};

struct index_text {
	const char *table;
	struct index_term *terms;
	size_t nterms;
	const char *where; /* NULL: none */
};

/* Parses a valid CREATE INDEX; false if sql is something else. */
bool index_parse(const char *sql, struct arena *arena, struct index_text *out);

#endif

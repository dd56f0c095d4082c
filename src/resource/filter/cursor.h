/* The text of --after: a position in a sorted list; private to resource/. */
#ifndef RESOURCE_FILTER_CURSOR_H
#define RESOURCE_FILTER_CURSOR_H

#include "util/arena.h"
#include "util/value.h"

/* Encodes the list's --sort and a row's values for it as a cursor. */
const char *cursor_write(const char *sort, const struct value *values,
			 size_t count, struct arena *arena);

/*
 * Decodes a cursor into count values, in arena.  NULL, or the reason why text
 * is not a cursor of a list with that sort.
 */
const char *cursor_read(const char *text, const char *sort,
			struct value *values, size_t count,
			struct arena *arena);

#endif

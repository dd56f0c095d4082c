/* A place in a sorted list, as text for --after; private to resource/. */
#ifndef RESOURCE_CURSOR_H
#define RESOURCE_CURSOR_H

#include "util/arena.h"
#include "util/value.h"

/* The cursor of a row: the list's --sort, and the row's values for it. */
const char *cursor_write(const char *sort, const struct value *values,
			 size_t count, struct arena *arena);

/*
 * Reads count values in arena back.  NULL, or the reason why text is not a
 * cursor of a list with that sort.
 */
const char *cursor_read(const char *text, const char *sort,
			struct value *values, size_t count,
			struct arena *arena);

#endif

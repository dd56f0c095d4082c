/* A run of bytes inside someone else's buffer, not ended by a NUL. */
#ifndef HTTP_WIRE_SLICE_H
#define HTTP_WIRE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "util/arena.h"
#include "util/buffer.h"

struct slice {
	const char *data; /* NULL: absent, which is not "" */
	size_t length;
};

static inline struct slice slice_of(const char *text)
{
	return (struct slice){ .data = text, .length = strlen(text) };
}

/* A copy in arena. */
static inline struct slice slice_copy(const struct buffer *buffer,
				      struct arena *arena)
{
	return (struct slice){
		.data = arena_copy_n(arena, buffer->data, buffer->length),
		.length = buffer->length,
	};
}

static inline bool slice_is(struct slice slice, const char *text)
{
	return slice.length == strlen(text) &&
	       !memcmp(slice.data, text, slice.length);
}

/*
 * The same, ignoring the case of ASCII letters: for names of fields, hosts,
 * codings.
 */
static inline bool slice_is_fold(struct slice slice, const char *text)
{
	return slice.length == strlen(text) &&
	       !strncasecmp(slice.data, text, slice.length);
}

static inline struct slice slice_trim(struct slice slice)
{
	while (slice.length && (*slice.data == ' ' || *slice.data == '\t')) {
		slice.data++;
		slice.length--;
	}
	while (slice.length && (slice.data[slice.length - 1] == ' ' ||
				slice.data[slice.length - 1] == '\t'))
		slice.length--;
	return slice;
}

/*
 * Removes the piece before separator from rest, and returns it.  Without a
 * separator all of rest is returned, and its data becomes NULL.
 */
static inline struct slice slice_cut(struct slice *rest, char separator)
{
	const char *at = rest->length
				 ? memchr(rest->data, separator, rest->length)
				 : NULL;
	struct slice piece = *rest;

	if (!at) {
		*rest = (struct slice){ .data = NULL };
		return piece;
	}
	piece.length = (size_t)(at - piece.data);
	rest->data = at + 1;
	rest->length -= piece.length + 1;
	return piece;
}

#endif

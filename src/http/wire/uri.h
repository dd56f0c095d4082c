/* Percent-encoding (RFC 3986, 2.1) and the query of a URI. */
#ifndef HTTP_WIRE_URI_H
#define HTTP_WIRE_URI_H

#include "http/wire/slice.h"
#include "operation/operation.h"
#include "util/arena.h"
#include "util/buffer.h"

/*
 * Decodes a part of a target, whose escapes the parser has checked, into the
 * arena, followed by a NUL.
 */
struct slice uri_decode(struct slice part, struct arena *arena);

/*
 * Splits a query, name=value&name=value, where + is a blank (WHATWG URL,
 * application/x-www-form-urlencoded).  False if a name contains a NUL.
 */
bool uri_query(struct slice query, struct arena *arena,
	       const struct pair **pairs, size_t *npairs);

/* Appends text as a value of a query: all but unreserved bytes are escaped. */
void uri_encode(struct buffer *buffer, const char *text, size_t length);

/* The same for a path, whose slashes are kept. */
void uri_encode_path(struct buffer *buffer, const char *path);

#endif

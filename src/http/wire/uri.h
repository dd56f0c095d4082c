/* Percent-encoding (RFC 3986, 2.1) and the query of a URI. */
#ifndef HTTP_WIRE_URI_H
#define HTTP_WIRE_URI_H

#include "http/wire/slice.h"
#include "operation/operation.h"
#include "util/arena.h"
#include "util/buffer.h"

/*
 * A part of a target, whose escapes the parser has checked, decoded into the
 * arena with a NUL behind it.
 */
struct slice uri_decode(struct slice part, struct arena *arena);

/*
 * The pairs of a query, name=value&name=value, where + is a blank (WHATWG
 * URL, application/x-www-form-urlencoded).  False for a name with a NUL,
 * which would be cut there.
 */
bool uri_query(struct slice query, struct arena *arena,
	       const struct pair **pairs, size_t *npairs);

/* Appends text as a value in a query: all but unreserved bytes escaped. */
void uri_encode(struct buffer *buffer, const char *text, size_t length);

/* The same for a path, whose slashes stay. */
void uri_encode_path(struct buffer *buffer, const char *path);

#endif

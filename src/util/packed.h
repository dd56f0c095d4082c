/*
 * Rows packed into one value: how the engine returns the related rows of a row.
 * Each value is a byte for its kind, then its bits, or its length and its bytes,
 * in the machine's byte order.
 */
#ifndef UTIL_PACKED_H
#define UTIL_PACKED_H

#include "util/buffer.h"
#include "util/value.h"

/* Appends a value. */
void packed_add(struct buffer *out, struct value value);

/* Reads values one by one. */
struct packed {
	const char *at, *end;
};

/* Opens a value that packed_add filled; NULL has no values. */
struct packed packed_open(struct value value);

/* The next value, whose bytes are the packed ones; false at the end. */
bool packed_next(struct packed *packed, struct value *out);

#endif

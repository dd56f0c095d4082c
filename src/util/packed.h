/*
 * Rows as bytes: how the engine returns the rows that belong to another row in
 * one value of it.  Each value has a byte for its kind and then its bits, or
 * its length and its bytes, as the machine has them.
 */
#ifndef UTIL_PACKED_H
#define UTIL_PACKED_H

#include "util/buffer.h"
#include "util/value.h"

/* Appends a value. */
void packed_add(struct buffer *out, struct value value);

/* Reads the values one by one; at is moved. */
struct packed {
	const char *at, *end;
};

/* The values in a value that packed_add made; none in NULL. */
struct packed packed_open(struct value value);

/* The next value, whose bytes are the packed ones; false at the end. */
bool packed_next(struct packed *packed, struct value *out);

#endif

/* Base64 with padding (RFC 4648, section 4). */
#ifndef UTIL_BASE64_H
#define UTIL_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "util/arena.h"
#include "util/buffer.h"

void base64_encode(struct buffer *buffer, const char *data, size_t length);

/* Decodes text to bytes in arena; false if it is not base64. */
bool base64_decode(const char *text, size_t length, struct arena *arena,
		   const char **out, size_t *out_length);

#endif

/* gzip (RFC 1952), by zlib: the only room that uses it. */
#ifndef HTTP_WIRE_GZIP_H
#define HTTP_WIRE_GZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "util/buffer.h"

struct gzip;

/* A compressor, on the heap; running out of memory ends the process. */
struct gzip *gzip_new(void);
void gzip_free(struct gzip *gzip); /* or NULL */

/*
 * Compresses the next bytes and appends what they give to out, which may be
 * nothing yet; last ends the stream.
 */
void gzip_add(struct gzip *gzip, const char *bytes, size_t length, bool last,
	      struct buffer *out);

/* Appends the content of a whole gzip stream to out; false if it is damaged. */
bool gzip_expand(const char *bytes, size_t length, struct buffer *out);

#endif

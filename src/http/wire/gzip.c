#include "http/wire/gzip.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

enum {
	/* The fastest: rows shrink to a sixth, and the last few percent would
	   take three times as long. */
	LEVEL = 1,
	WINDOW = 15 + 16, /* with gzip's header and trailer */
	MEMORY = 8,
	ROOM = 16 * 1024, /* bytes of output at a time */
};

struct gzip {
	z_stream stream;
};

struct gzip *gzip_new(void)
{
	struct gzip *gzip = calloc(1, sizeof(*gzip));

	if (!gzip || deflateInit2(&gzip->stream, LEVEL, Z_DEFLATED, WINDOW,
				  MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	return gzip;
}

void gzip_free(struct gzip *gzip)
{
	if (gzip)
		deflateEnd(&gzip->stream);
	free(gzip);
}

/* Lets zlib read bytes, which its type does not promise to leave alone. */
static void set_input(z_stream *stream, const char *bytes, size_t length)
{
	union {
		const char *bytes;
		Bytef *input;
	} pointer = { .bytes = bytes };

	assert(length <= UINT_MAX);
	stream->next_in = pointer.input;
	stream->avail_in = (uInt)length;
}

static void set_output(z_stream *stream, struct buffer *out)
{
	stream->next_out = (Bytef *)buffer_reserve(out, ROOM);
	stream->avail_out = ROOM;
}

void gzip_add(struct gzip *gzip, const char *bytes, size_t length, bool last,
	      struct buffer *out)
{
	z_stream *stream = &gzip->stream;

	set_input(stream, bytes, length);
	do {
		set_output(stream, out);
		deflate(stream, last ? Z_FINISH : Z_NO_FLUSH);
		out->length += ROOM - stream->avail_out;
	} while (!stream->avail_out);
}

static void end_inflate(z_stream *stream)
{
	inflateEnd(stream);
}

bool gzip_expand(const char *bytes, size_t length, struct buffer *out)
{
	__attribute__((cleanup(end_inflate))) z_stream stream = { 0 };
	int result;

	if (inflateInit2(&stream, WINDOW) != Z_OK)
		abort();
	set_input(&stream, bytes, length);
	do {
		set_output(&stream, out);
		result = inflate(&stream, Z_NO_FLUSH);
		out->length += ROOM - stream.avail_out;
	} while (result == Z_OK);
	return result == Z_STREAM_END;
}

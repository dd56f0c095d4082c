#include "http/wire/coding.h"

#include <assert.h>

#include "http/wire/accept.h"
#include "http/wire/gzip.h"

enum { LEAST_SIZE = 1024 }; /* a smaller body fits a packet as it is */

static void expand(struct response *response)
{
	struct buffer *out = response->cache;

	assert(out);
	if (!out->length &&
	    !gzip_expand(response->body.data, response->body.length, out))
		abort(); /* the program's own bytes */
	response->body = (struct slice){ out->data, out->length };
}

void coding_choose(const struct request *request, struct response *response)
{
	bool large = response->streamed || response->packed ||
		     response->body.length >= LEAST_SIZE;

	response->gzip = large && accept_gzip(request);
}

static void compress(struct slice body, struct buffer *out)
{
	struct gzip *gzip = gzip_new();

	gzip_add(gzip, body.data, body.length, true, out);
	gzip_free(gzip);
}

void coding_apply(struct arena *arena, struct response *response)
{
	BUFFER(own);
	struct buffer *out = response->cache ? response->cache : &own;

	/* 304 has no body that could be compressed. */
	if (response->status == 304)
		return;
	if (response->packed && !response->gzip)
		expand(response);
	if (!response->gzip)
		return;
	response_field(response, "Content-Encoding", "gzip");
	if (response->packed || response->streamed)
		return;
	if (!out->length)
		compress(response->body, out);
	response->body = out == &own ? slice_copy(out, arena)
				     : (struct slice){ out->data, out->length };
}

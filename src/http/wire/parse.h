/*
 * The request parser: a pure function over bytes (RFC 9112).  It knows no
 * socket, allocates nothing, and accepts the grammar and nothing beside it:
 * what two programs could read in two ways is refused (RFC 9112, 11.2).
 */
#ifndef HTTP_WIRE_PARSE_H
#define HTTP_WIRE_PARSE_H

#include "http/wire/request.h"

enum parse_result {
	PARSE_MORE,    /* all is good so far: come back with more bytes */
	PARSE_DONE,    /* request->position bytes make one whole request */
	PARSE_REFUSED, /* request->status and reason say why */
};

/* A request whose body may have body_limit bytes, at most 4 GB less 64 KB. */
void request_init(struct request *request, uint64_t body_limit);

/*
 * Goes on parsing.  data has all bytes since the request's first, *length of
 * them; it may lie elsewhere than at the last call.  Chunks are put together
 * in place, whereby *length shrinks.  Bytes behind a whole request are left
 * alone.
 */
enum parse_result request_parse(struct request *request, char *data,
				size_t *length);

/* Whether the head is whole and the body is not. */
static inline bool request_in_body(const struct request *request)
{
	return request->state > REQUEST_FIELDS &&
	       request->state < REQUEST_COMPLETE;
}

#endif

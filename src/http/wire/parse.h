/*
 * The request parser: a pure function over bytes (RFC 9112).  It uses no
 * socket, allocates nothing, and accepts only the grammar: what two programs
 * could read differently is refused (RFC 9112, 11.2).
 */
#ifndef HTTP_WIRE_PARSE_H
#define HTTP_WIRE_PARSE_H

#include "http/wire/request.h"

enum parse_result {
	PARSE_MORE,    /* valid so far: call again with more bytes */
	PARSE_DONE,    /* the request is complete: request->position bytes */
	PARSE_REFUSED, /* request->status and reason say why */
};

/*
 * Prepares a request whose body may have body_limit bytes, which must be at
 * most 4 GB - 64 KB.
 */
void request_init(struct request *request, uint64_t body_limit);

/*
 * Continues parsing.  data has all *length bytes from the request's first; it
 * may have moved since the last call.  Chunks are joined in place, which
 * reduces *length.  Bytes after a complete request are not touched.
 */
enum parse_result request_parse(struct request *request, char *data,
				size_t *length);

/* Whether the head is complete and the body is not. */
static inline bool request_in_body(const struct request *request)
{
	return request->state > REQUEST_FIELDS &&
	       request->state < REQUEST_COMPLETE;
}

#endif

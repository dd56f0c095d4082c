/* How an answer's body is compressed: Content-Encoding (RFC 9110, 8.4). */
#ifndef HTTP_WIRE_CODING_H
#define HTTP_WIRE_CODING_H

#include "http/wire/request.h"
#include "http/wire/response.h"
#include "util/arena.h"

/*
 * Chooses gzip if the client accepts it and the body is worth it; a packed body
 * is expanded if it does not.  Before the answer gets a tag, which the coding is
 * a part of.
 */
void coding_choose(const struct request *request, struct arena *arena,
		   struct response *response);

/* Compresses the body as chosen; it lives in arena, or in its cache. */
void coding_apply(struct arena *arena, struct response *response);

#endif

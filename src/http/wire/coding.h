/* How an answer's body is compressed: Content-Encoding (RFC 9110, 8.4). */
#ifndef HTTP_WIRE_CODING_H
#define HTTP_WIRE_CODING_H

#include "http/wire/request.h"
#include "http/wire/response.h"
#include "util/arena.h"

/*
 * Chooses gzip if the client accepts it and the body is large enough.  Call it
 * before tag_response, whose tag depends on the coding.
 */
void coding_choose(const struct request *request, struct response *response);

/*
 * Compresses the body as chosen, into arena or the response's cache; expands a
 * packed one into the cache.
 */
void coding_apply(struct arena *arena, struct response *response);

#endif

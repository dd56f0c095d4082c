/*
 * Entity tags (RFC 9110, 8.8.3).  By the tag of what it has seen, a client
 * saves a transfer, or avoids overwriting somebody else's change.
 */
#ifndef HTTP_ANSWER_TAG_H
#define HTTP_ANSWER_TAG_H

#include "http/answer/reply.h"
#include "http/wire/request.h"
#include "http/wire/response.h"

/*
 * Adds an ETag to an answer.  GET and HEAD are answered 304 if If-None-Match
 * has that tag.
 */
void tag_response(const struct request *request, struct arena *arena,
		  struct response *response);

/* The tag of some bytes, in arena. */
const char *tag_make(const char *data, size_t length, struct arena *arena);

/*
 * Before a change, in its transaction: compares the tag of the stored row with
 * If-Match and If-None-Match.  CHANGED if either of them fails.
 */
CHECKED enum status tag_check(const struct reply *reply, struct error *e);

#endif

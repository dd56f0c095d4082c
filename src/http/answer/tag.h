/*
 * Entity tags (RFC 9110, 8.8.3): what a client has seen, so that it need not
 * be sent again, or is not changed without its knowledge.
 */
#ifndef HTTP_ANSWER_TAG_H
#define HTTP_ANSWER_TAG_H

#include "http/answer/run.h"
#include "http/wire/request.h"
#include "http/wire/response.h"

/*
 * Gives an answer its tag; to GET, one that the client has is not sent again
 * (304).
 */
void tag_response(const struct request *request, struct arena *arena,
		  struct response *response);

/* The tag of these bytes, in arena. */
const char *tag_make(const char *data, size_t length, struct arena *arena);

/*
 * Before a change, in its transaction: CHANGED unless If-Match and
 * If-None-Match hold for the row as it is.
 */
CHECKED enum status tag_check(const struct run *run, struct error *e);

#endif

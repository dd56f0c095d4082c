/*
 * The header fields of a list: Link (RFC 8288) to its next page, and
 * X-Total-Count.
 */
#ifndef HTTP_ANSWER_PAGING_H
#define HTTP_ANSWER_PAGING_H

#include "http/answer/reply.h"

/*
 * Removes ?count=true from a list's query, and decodes the other parameters for
 * the operation that counts.  False with reply->error if it fails.
 */
bool paging_take(struct reply *reply, struct input *input);

/* Counts all rows of the list, without its limit, in its transaction. */
CHECKED enum status paging_count(struct reply *reply, struct error *e);

/* Adds the fields to the response, after the rows were read. */
void paging_add_fields(struct reply *reply);

/*
 * Removes the parameter of that name from input and returns its value; NULL if
 * there is none, or if the operation itself has a parameter of that name.
 */
const char *paging_take_pair(const struct reply *reply, struct input *input,
			     const char *name);

#endif

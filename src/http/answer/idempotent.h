/* Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-08). */
#ifndef HTTP_ANSWER_IDEMPOTENT_H
#define HTTP_ANSWER_IDEMPOTENT_H

#include "http/answer/reply.h"

/*
 * Reads the key into reply->key.  False if it is invalid: response is the answer.
 */
bool idempotent_take(struct reply *reply);

/*
 * Before the operation, in its transaction: repeats the answer stored for the
 * key, and sets reply->answered.  INVALID if it was stored for another request.
 */
CHECKED enum status idempotent_find(struct reply *reply, struct error *e);

/* Stores the answer for the key, if there is one. */
CHECKED enum status idempotent_keep(struct reply *reply, struct error *e);

#endif

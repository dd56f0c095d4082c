/* Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-08). */
#ifndef HTTP_ANSWER_IDEMPOTENT_H
#define HTTP_ANSWER_IDEMPOTENT_H

#include "http/answer/run.h"

/*
 * Reads the key into run->key.  False if it is invalid: response is the answer.
 */
bool idempotent_take(struct run *run);

/*
 * Before the operation, in its transaction: repeats the answer stored for the
 * key, and sets run->answered.  INVALID if it was stored for another request.
 */
CHECKED enum status idempotent_find(struct run *run, struct error *e);

/* After the operation: makes the answer and stores it for the key. */
CHECKED enum status idempotent_keep(struct run *run, struct error *e);

#endif

/* Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-08). */
#ifndef HTTP_ANSWER_IDEMPOTENT_H
#define HTTP_ANSWER_IDEMPOTENT_H

#include "http/answer/run.h"

/*
 * Takes the key; false where response says what is wrong with it.
 */
bool idempotent_take(struct run *run);

/*
 * Before the operation, in its transaction: gives the answer that the key had,
 * run->answered.  INVALID if that was to another request.
 */
CHECKED enum status idempotent_find(struct run *run, struct error *e);

/* After it: makes the answer and keeps it. */
CHECKED enum status idempotent_keep(struct run *run, struct error *e);

#endif

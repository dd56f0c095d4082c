/* How a list goes on, Link (RFC 8288), and how long it is, X-Total-Count. */
#ifndef HTTP_ANSWER_PAGING_H
#define HTTP_ANSWER_PAGING_H

#include "http/answer/run.h"

/*
 * Takes ?count=true off a list's query, and decodes what is left for the
 * operation that counts; false where response says why not.
 */
bool paging_take(struct run *run, struct input *input);

/* Counts what the list would show without a limit, in its transaction. */
CHECKED enum status paging_count(struct run *run, struct error *e);

/* Adds the fields that are known now. */
void paging_add_fields(struct run *run);

/* Takes the pair of that name off input; NULL if there is none, or if the
   operation has such a parameter itself. */
const char *paging_take_pair(const struct run *run, struct input *input,
			     const char *name);

#endif

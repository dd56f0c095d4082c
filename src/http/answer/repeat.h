/*
 * Requests that a client may repeat: the answer is stored for a day under the
 * client's key, in the database itself, so that it exists if and only if the
 * change was committed.
 */
#ifndef HTTP_ANSWER_REPEAT_H
#define HTTP_ANSWER_REPEAT_H

#include "engine/engine.h"

struct repeat {
	const char *key;
	const char *request; /* a hash of the request */
	int status;
	const char *location, *media_type; /* may be NULL */
	struct value body;
};

/*
 * Finds the answer to repeat->key, inside a write transaction; its texts are in
 * arena.  *found is false if there is none.
 */
CHECKED enum status repeat_find(struct engine *engine, struct repeat *repeat,
				bool *found, struct arena *arena,
				struct error *e);

/* Stores an answer, in the transaction of its request. */
CHECKED enum status repeat_keep(struct engine *engine,
				const struct repeat *repeat, struct error *e);

#endif

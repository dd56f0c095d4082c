/*
 * Requests that a client may send again: the answer that one had is kept for
 * a day under a key of the client's, in the database itself, so that it is
 * there if and only if what was asked for was done.
 */
#ifndef OPERATION_REPEAT_H
#define OPERATION_REPEAT_H

#include "engine/engine.h"

struct repeat {
	const char *key;
	const char *request; /* what was asked for: a hash of it */
	int status;
	const char *location, *media_type; /* may be NULL */
	struct value body;
};

/*
 * Finds the answer to repeat->key, inside a write transaction; its texts are
 * in arena.  *found is false where there is none.
 */
CHECKED enum status repeat_find(struct engine *engine, struct repeat *repeat,
				bool *found, struct arena *arena,
				struct error *e);

/* Keeps an answer, in the transaction of what it is the answer to. */
CHECKED enum status repeat_keep(struct engine *engine,
				const struct repeat *repeat, struct error *e);

#endif

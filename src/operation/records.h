/*
 * Records given as JSON: an object, an array of objects, or objects one after
 * the other (JSON Lines, jsonlines.org); private to operation/.
 */
#ifndef OPERATION_RECORDS_H
#define OPERATION_RECORDS_H

#include "operation/operation.h"

/*
 * Adds the records of input->data to arguments.  Faults of form and of values
 * become problems of e; nothing is returned, as others may follow.
 */
void records_decode(const struct operation *operation,
		    const struct input *input, struct arena *arena,
		    struct arguments *arguments, struct error *e);

/* A record with room for all parameters, none of them given. */
struct fields *record_add(const struct operation *operation,
			  struct arena *arena, struct arguments *arguments);

#endif

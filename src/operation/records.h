/*
 * Reads records given as JSON: an object, an array of objects, or one object
 * after another (JSON Lines, jsonlines.org); private to operation/.
 */
#ifndef OPERATION_RECORDS_H
#define OPERATION_RECORDS_H

#include "operation/operation.h"

/*
 * Adds the records of input->data to arguments one at a time, and calls done
 * for each that is an object; position is -1 if it is not in a list.  Errors of
 * syntax and of values become problems of e, until error_is_full.
 */
typedef void record_done(void *data, struct fields *record, long position);
void records_decode(const struct operation *operation,
		    const struct input *input, struct arena *arena,
		    struct arguments *arguments, record_done *done, void *data,
		    struct error *e);

/* Adds a record with room for all parameters, none of them given. */
struct fields *record_add(const struct operation *operation,
			  struct arena *arena, struct arguments *arguments);

/* Whether a record has parameter i or an alias of it (--user for --user-id). */
bool record_has(const struct operation *operation, const struct fields *record,
		size_t i);

#endif

/* Problems repeat the part of the input that they are about. */
#ifndef OPERATION_ECHO_H
#define OPERATION_ECHO_H

#include "operation/convert.h"

/* The input as JSON, for a problem; NULL if it is too long to repeat. */
const char *raw_json(struct raw raw, struct arena *arena);

/*
 * Sets the input of each problem of e that has none to the part of the request
 * that it is about: in the query found by name, in the records, which must be
 * JSON, by location.  A long part is not repeated.
 */
void error_echo(struct error *e, const struct input *input);

#endif

/* Problems repeat what was sent, so that the client sees what is meant. */
#ifndef OPERATION_ECHO_H
#define OPERATION_ECHO_H

#include "operation/convert.h"

/* The input as JSON, for a problem; NULL if it is too long to repeat. */
const char *raw_json(struct raw raw, struct arena *arena);

/*
 * Puts problems into the words of the request: gives each problem of e that has no input the part of the request that it is
 * about: of the query by its name, of the records, which must be JSON, by its
 * location.  A long part is not repeated.
 */
void error_echo(struct error *e, const struct input *input);

#endif

/* Records that are not JSON; private to operation/. */
#ifndef OPERATION_UNREADABLE_H
#define OPERATION_UNREADABLE_H

#include <jansson.h>

#include "operation/records.h"

/*
 * Reports invalid JSON and its place in the window, without the problems of
 * earlier records.
 */
enum record_step records_refuse_json(struct record_reader *reader, size_t at,
				     const char *words);

/* Reports what json_loadb refused in a value of length bytes. */
void records_refuse_value(struct record_reader *reader, size_t length,
			  const json_error_t *error);

#endif

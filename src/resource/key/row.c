#include "resource/key/key.h"

enum status row_emit(struct call *call, const struct resource *resource,
		     struct statement *statement, size_t count,
		     struct value *values, struct error *e)
{
	for (size_t i = 0; i < resource->ncolumns; i++) {
		values[i] = statement_value(statement, (int)i);
		/* RETURNING gives bound values, without column affinity. */
		if (resource->columns[i].type == TYPE_REAL &&
		    values[i].kind == VALUE_INTEGER)
			values[i] = value_real((double)values[i].integer);
	}
	for (size_t i = resource->ncolumns; i < count; i++)
		values[i] = statement_value(statement, (int)i);
	return call_row(call, values, e);
}

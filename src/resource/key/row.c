#include "resource/key/key.h"

enum status row_emit(struct call *call, const struct resource *resource,
		     struct statement *statement, size_t count,
		     struct value *values, struct error *e)
{
	statement_values(statement, 0, count, values);
	/* RETURNING gives bound values, without column affinity. */
	for (size_t i = 0; resource->reals && i < resource->ncolumns; i++)
		if (resource->columns[i].type == TYPE_REAL &&
		    values[i].kind == VALUE_INTEGER)
			values[i] = value_real((double)values[i].integer);
	return call_row(call, values, e);
}

/* Conditions on columns in a query's parameter names; private to operation/. */
#ifndef OPERATION_CONDITION_H
#define OPERATION_CONDITION_H

#include "operation/operation.h"

/*
 * Converts age.gte=30 to the text of a condition, in arena; NULL for a name
 * without a dot.  The value is quoted, so that it stays a single value, unless
 * the operator takes a list (age.in=20,30).
 */
const char *condition_text(const struct pair *pair, struct arena *arena);

#endif

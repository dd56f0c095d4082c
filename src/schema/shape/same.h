/* Whether two indexes, triggers or views mean the same, however written. */
#ifndef SCHEMA_SAME_H
#define SCHEMA_SAME_H

#include "schema/model/model.h"

/* Two indexes from CREATE INDEX, on tables of the same name. */
bool index_same(const struct table *a, const struct index *x,
		const struct table *b, const struct index *y);

bool trigger_same(const struct trigger *a, const struct trigger *b);

/* Two views; their annotations count, comments after SELECT don't. */
bool view_same(const struct table *a, const struct table *b);

#endif

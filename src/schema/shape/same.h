/*
 * Whether indexes, triggers and views mean the same, however they were
 * written.
 */
#ifndef SCHEMA_SAME_H
#define SCHEMA_SAME_H

#include "schema/model/model.h"

/* CREATE INDEX of two tables, which have the same name. */
bool index_same(const struct table *a, const struct index *x,
		const struct table *b, const struct index *y);

bool trigger_same(const struct trigger *a, const struct trigger *b);

/* Two views; what their comments say of them counts, those inside don't. */
bool view_same(const struct table *a, const struct table *b);

#endif

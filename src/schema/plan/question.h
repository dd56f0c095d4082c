/* Questions about likely renames; private to plan. */
#ifndef SCHEMA_QUESTION_H
#define SCHEMA_QUESTION_H

#include "schema/plan/plan.h"

/* Asks about removed tables that resemble an added one. */
void question_tables(struct plan *plan);

/* The same for the columns of one table. */
void question_columns(struct plan *plan, const struct table_pair *pair);

#endif

/* Renames that look likely, as questions; private to the diff's files. */
#ifndef SCHEMA_QUESTION_H
#define SCHEMA_QUESTION_H

#include "schema/plan/plan.h"

/* Tables that are gone while another of like shape came. */
void question_tables(struct plan *plan);

/* Columns of one table, the same. */
void question_columns(struct plan *plan, const struct table_pair *pair);

#endif

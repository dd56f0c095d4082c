/* Renames that look likely, as questions; private to the diff's files. */
#ifndef SCHEMA_QUESTION_H
#define SCHEMA_QUESTION_H

#include "schema/plan/plan.h"

/* Tables that are gone while another of like shape came. */
void ask_tables(struct plan *plan);

/* Columns of one table, the same. */
void ask_columns(struct plan *plan, const struct pair *pair);

#endif

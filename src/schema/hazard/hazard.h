/*
 * Queries for rows that make a change fail or that it would damage, so that
 * they are reported before it runs.
 */
#ifndef SCHEMA_HAZARD_H
#define SCHEMA_HAZARD_H

#include "schema/plan/plan.h"

/* A table of mid and its counterpart in to. */
struct hazard_search {
	struct plan *plan;
	const struct table *from, *to;
};

/*
 * Add the hazards of a table to the diff: what its changed columns, CHECKs and
 * options reject; duplicates in what becomes unique; rows without a parent
 * under a new foreign key, or under one whose rows or parent change.  The last
 * two may be in a table that is not changed itself.
 */
void hazards_find(const struct hazard_search *search);
void hazards_find_duplicates(const struct hazard_search *search);
void hazards_find_orphans(const struct hazard_search *search);

/* hazard_type.c, for hazards_find: values that a column's new type rewrites or
   rejects. */
void hazards_find_types(const struct hazard_search *search);

/* hazard_unique.c, likewise: duplicates in a new INTEGER PRIMARY KEY. */
void hazards_find_rowids(const struct hazard_search *search);

/*
 * Adds one for the future rows that meet a condition; reads is SQL that names
 * the columns which it depends on, NULL for the rows as they are.  The caller
 * may complete what it returns before the next call.
 */
struct hazard *hazard_add(const struct hazard_search *search, const char *reads,
			  const char *condition, const char *text, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * hazard_rows.c: whether SQL refers to a column whose values change; whether it
 * refers only to new columns, whose value is the same in every row; and a FROM
 * clause that yields the future rows of a table: a subquery, or a temporary
 * copy if the SQL refers to changed values, which only SQLite can compute.
 */
bool hazard_affects(const struct hazard_search *search, const char *sql);
bool hazard_is_constant(const struct hazard_search *search, const char *sql);
const char *hazard_rows(const struct hazard_search *search, const char *sql);

#endif

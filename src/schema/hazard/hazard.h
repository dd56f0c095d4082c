/*
 * Queries for rows that make a change fail or that it would damage, so that
 * they are reported before it runs.
 */
#ifndef SCHEMA_HAZARD_H
#define SCHEMA_HAZARD_H

#include "schema/plan/plan.h"

/*
 * Adds the hazards of a changed table.  plan_add_where adds one for the rows
 * that meet a condition in the columns of to; the caller may complete what it
 * returns before the next call.
 */
void plan_find_hazards(struct plan *plan, const struct table *from,
		       const struct table *to);
struct hazard *plan_add_hazard(struct plan *plan, struct hazard hazard);
struct hazard *plan_add_where(struct plan *plan, const struct table *from,
			      const char *rows, const char *text,
			      const char *condition);

/*
 * hazard_rows.c: whether SQL refers to a column whose values change; whether it
 * refers only to new columns, whose value is the same in every row; and a FROM
 * clause that yields the future rows of a table: a subquery, or a temporary
 * copy if the SQL refers to changed values, which only SQLite can compute.
 */
bool plan_is_affected(const struct plan *plan, const struct table *from,
		      const struct table *to, const char *sql);
bool plan_is_constant(const struct plan *plan, const struct table *from,
		      const struct table *to, const char *sql);
const char *plan_new_rows(struct plan *plan, const struct table *from,
			  const struct table *to, const char *sql);

/* hazard_unique.c: duplicates in what becomes unique; the same for what
   becomes INTEGER PRIMARY KEY. */
void plan_find_duplicates(struct plan *plan, const struct table *from,
			  const struct table *to);
void plan_find_rowid_hazards(struct plan *plan, const struct table *from,
			     const struct table *to);

/* hazard_type.c: values that a column's new type rewrites or rejects. */
void plan_find_type_hazards(struct plan *plan, const struct table *from,
			    const struct table *to);

/* hazard_key.c: rows without a parent under a new foreign key, or under one
   whose rows or parent change. */
void plan_find_orphans(struct plan *plan, const struct table *from,
		       const struct table *to);

#endif

/*
 * Rows that a change would be refused for, or would lose: found before it is
 * written.
 */
#ifndef SCHEMA_HAZARD_H
#define SCHEMA_HAZARD_H

#include "schema/plan/plan.h"

/*
 * Rows of a changed table that would be refused.  plan_add_where adds those
 * that fulfil a condition, in terms of the columns of to; what it returns may
 * be added to until the next one.
 */
void plan_find_hazards(struct plan *plan, const struct table *from,
		       const struct table *to);
struct hazard *plan_add_hazard(struct plan *plan, struct hazard hazard);
struct hazard *plan_add_where(struct plan *plan, const struct table *from,
			      const char *rows, const char *text,
			      const char *condition);

/*
 * hazard_rows.c: whether SQL is about values that are not what they were, or
 * about nothing but what new columns have in all rows; and the rows of a table
 * as they will be, for a FROM: a query, or a copy if the SQL is about values
 * that change, as only SQLite can tell what it makes of them.
 */
bool plan_is_affected(const struct plan *plan, const struct table *from,
		      const struct table *to, const char *sql);
bool plan_is_constant(const struct plan *plan, const struct table *from,
		      const struct table *to, const char *sql);
const char *plan_future_rows(struct plan *plan, const struct table *from,
			     const struct table *to, const char *sql);

/* hazard_unique.c: rows that would be the same to what becomes unique; to what
   becomes INTEGER PRIMARY KEY. */
void plan_find_duplicates(struct plan *plan, const struct table *from,
			  const struct table *to);
void plan_find_rowid_hazards(struct plan *plan, const struct table *from,
			     const struct table *to);

/* hazard_type.c: values that a column's new type changes, or refuses. */
void plan_find_type_hazards(struct plan *plan, const struct table *from,
			    const struct table *to);

/* hazard_key.c: rows that a foreign key, new or of a changed parent, would
   leave without one. */
void plan_find_orphans(struct plan *plan, const struct table *from,
		       const struct table *to);

#endif

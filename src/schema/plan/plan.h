/*
 * The steps of diff_compute and the plan they share; private to plan, hazard
 * and diff.  A table of from is first renamed, which gives mid, and then
 * changed into its counterpart in to.
 */
#ifndef SCHEMA_PLAN_H
#define SCHEMA_PLAN_H

#include "schema/plan/change.h"
#include "schema/shape/shape.h"

/* A table or view and its counterpart in the other schema. */
struct table_pair {
	const struct table *from, *to;
};

/* FROM clauses that yield a table's future rows; NULL: not built yet. */
struct row_sql {
	const char *query, *copy;
};

struct plan {
	struct arena *arena;
	const struct diff_options *options;
	const struct schema *from, *to;
	/* from after the renames, with the names that to uses. */
	const struct schema *mid;
	/* Counterparts: after[i] of mid's table i, before[i] of to's. */
	const struct table **after, **before;
	struct shape **mid_shapes, **to_shapes; /* NULL: not built yet */
	struct table_pair *pairs; /* of from and to, renamed or not */
	size_t npairs;
	struct rename *renames; /* accepted, tables before columns */
	size_t nrenames;
	bool *used; /* for each rename of the options */
	struct diff *out;
	struct buffer *sql;
	struct row_sql *rows;    /* for each table of to; NULL: none yet */
	bool dropped_dependents; /* the renames drop all views and triggers */
};

/* The shape of a table of mid that has a ddl, or of one of to. */
const struct shape *plan_mid_shape(const struct plan *plan,
				   const struct table *table);
const struct shape *plan_to_shape(const struct plan *plan,
				  const struct table *table);

/* Prefix of a table or column that makes room for a rename. */
#define TEMPORARY_OLD "_taskmgr_old_"

/* Prefix of a temporary copy of a table's future rows. */
#define TEMPORARY_ROWS "_taskmgr_rows_"

/* Add a change to the diff; a silent one is part of another change. */
void plan_add_change(struct plan *plan, bool silent, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
#define plan_report(plan, ...) plan_add_change((plan), false, __VA_ARGS__)

/* The counterpart of a table of mid, or of one of to; NULL: none. */
static inline const struct table *plan_after(const struct plan *plan,
					     const struct table *table)
{
	return plan->after[table - plan->mid->tables];
}

static inline const struct table *plan_before(const struct plan *plan,
					      const struct table *table)
{
	return plan->before[table - plan->to->tables];
}

/* The name without TEMPORARY_OLD. */
static inline const char *name_unmarked(const char *name)
{
	return name_begins(name, TEMPORARY_OLD) ? name + strlen(TEMPORARY_OLD)
						: name;
}

/* match.c: pairs the tables and finds renames and questions. */
CHECKED enum status plan_match_tables(struct plan *plan, struct error *e);

/* question.c: ask about removed tables that resemble an added one; and the same
   of the columns of one table. */
void question_tables(struct plan *plan);
void question_columns(struct plan *plan, const struct table_pair *pair);

/* Whether a table of from or to is in a pair. */
bool plan_is_paired(const struct plan *plan, const struct table *table);

/* rename.c: writes the renames and sets mid. */
CHECKED enum status plan_write_renames(struct plan *plan, struct error *e);

/* compare.c: reports the differences of two tables; false if none. */
bool plan_compare(struct plan *plan, const struct table *from,
		  const struct table *to);

/* compare.c: whether column order matters in a table of to; and whether the
   columns that both tables have are in a different order. */
bool plan_has_order(const struct plan *plan, const struct table *to);
bool plan_reorders(const struct table *from, const struct table *to);

/* rebuild.c: writes the copy of a table into a new one that replaces it. */
void plan_write_rebuild(struct plan *plan, const struct table *from,
			const struct table *to);

/* Renames target, an escaped temporary name, to the name of to. */
void plan_rename_new(struct plan *plan, const char *target,
		     const struct table *to);

/*
 * The SQL value, in mid's names, that a rebuild inserts into a column of to;
 * NULL: its default, for which plan_default_value returns an expression.
 */
const char *plan_new_value(const struct plan *plan, const struct table *from,
			   const struct table *to, const struct column *column);
const char *plan_default_value(const struct column *column,
			       struct arena *arena);

/* match.c: the old name of a renamed column of to, and the new name of a
   column that to renames; NULL: not renamed. */
const char *plan_column_before(const struct plan *plan, const struct table *to,
			       const char *column);
const char *plan_column_after(const struct plan *plan, const struct table *to,
			      const char *column);

/* match.c: a table of mid in the database before the change: its name, and a
   FROM clause that yields its rows under mid's names. */
const char *plan_name_before(const struct plan *plan, const struct table *mid);
const char *plan_old_rows(const struct plan *plan, const struct table *from);

/*
 * allowed.c: first (an SQL literal), or a value that the column's CHECKs allow
 * if they reject it; first again if no such value is found.
 */
const char *plan_allowed_value(const struct plan *plan,
			       const struct table *table,
			       const struct column *column, const char *first);

/* virtual.c: rebuilds a virtual table with its contents. */
CHECKED enum status plan_write_virtual(struct plan *plan,
				       const struct table *from,
				       const struct table *to, struct error *e);

/* Whether it indexes another table, which may have to be created first. */
bool plan_virtual_is_index(const struct plan *plan, const struct table *to);

/* Fills a new virtual table that indexes an existing one; written last. */
void plan_fill_virtual(struct plan *plan, const struct table *table);

/*
 * INVALID if to (NULL: none) replaces from under the same name, but cannot take
 * its rows because one of the two is virtual.
 */
CHECKED enum status plan_check_replaced(const struct plan *plan,
					const struct table *from,
					const struct table *to,
					struct error *e);

/*
 * objects.c: the DROPs of indexes, triggers and views that are removed or
 * changed; and their CREATEs.  created has a flag for each table of to; a
 * created table needs all its indexes and triggers again.
 */
struct drop {
	const struct table *table; /* of mid, the object's */
	bool index;
	const char *sql;
};
size_t plan_find_drops(struct plan *plan, struct drop **out);
void plan_write_creates(struct plan *plan, const bool *created);

/*
 * drop_order.c: sorts tables so that each is dropped after those that reference
 * it.  False if foreign keys must be off: references form a cycle, or a table
 * that is kept references one of them.
 */
bool plan_order_drops(const struct plan *plan, const struct table **tables,
		      size_t count);

/* A changed table and the ALTER TABLEs that change it; NULL: a rebuild. */
struct alteration {
	const struct table *from, *to; /* of mid and to */
	const char *alter;
};

/*
 * alter.c: sets alter of every change that ALTER TABLE can make, by trying it
 * in memory.  first are statements to run before; they may fail.
 */
CHECKED enum status plan_find_alters(struct plan *plan,
				     struct alteration *changed,
				     size_t nchanged, const char *const *first,
				     size_t nfirst, struct error *e);

/*
 * fill.c: the SQL value for a column's missing values, NULL if there is none;
 * and the search for NOT NULL columns that need one.
 */
const char *plan_fill(const struct plan *plan, const struct table *table,
		      const struct column *column);
void plan_find_missing(struct plan *plan, const struct table *from,
		       const struct table *to);

#endif

/*
 * The work of diff_compute, in steps that share one plan; private to the
 * diff's files.
 */
#ifndef SCHEMA_PLAN_H
#define SCHEMA_PLAN_H

#include "schema/plan/change.h"
#include "schema/shape/shape.h"

/* A table (or view) and what becomes of it. */
struct table_pair {
	const struct table *from, *to;
};

/* A table's rows as they will be, for a FROM; NULL: not asked for yet. */
struct row_source {
	const char *query, *copy;
};

struct plan {
	struct arena *arena;
	const struct diff_options *options;
	const struct schema *from, *to;
	/* from, as the renames leave it: names are to's from here on. */
	const struct schema *mid;
	/* The same table in the other schema, for each of mid and of to. */
	const struct table **after, **before;
	struct table_pair *pairs; /* of from and to, renamed or not */
	size_t npairs;
	struct rename *renames; /* accepted ones, tables' first */
	size_t nrenames;
	bool *used; /* options' renames that had a use */
	struct diff *out;
	struct buffer *sql, *proof; /* proof lacks what is independent */
	bool independent;        /* what is written now concerns nothing else */
	struct row_source *rows; /* of the tables of to; NULL: none yet */
	/* All views and triggers had to go so that a rename could be made. */
	bool dropped_dependents;
};

/* What is in a rename's way is called this. */
#define TEMPORARY_OLD "_taskmgr_old_"

/* A copy of its rows is called this. */
#define TEMPORARY_ROWS "_taskmgr_rows_"

/* Adds a statement; its end is made here. */
void plan_writef(struct plan *plan, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same, for a text that was written by somebody. */
void plan_write(struct plan *plan, const char *sql);

/* Statements that have their ends. */
void plan_write_script(struct plan *plan, const char *sql);

/* Adds a change, and one that is a part of another. */
void plan_report(struct plan *plan, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void plan_report_part(struct plan *plan, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* What becomes of a table of mid, and what one of to was; or NULL. */
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

/* A name without the mark of one that had to make way. */
static inline const char *name_without_mark(const char *name)
{
	return name_begins(name, TEMPORARY_OLD) ? name + strlen(TEMPORARY_OLD)
						: name;
}

/* touch.c: notes a name that the SQL is about, for the proof. */
void plan_touch(struct plan *plan, const char *table);

/*
 * Which tables of a schema, that the other one lacks, can come or go without
 * a thought of anything else: no view, trigger or name has to do with them.
 */
bool *plan_find_independent(const struct plan *plan,
			    const struct schema *schema,
			    const struct schema *other);

/* match.c: which table is which; renames and questions. */
CHECKED enum status plan_match_tables(struct plan *plan, struct error *e);

/* Whether a table of from or to is in a pair: neither goes nor comes. */
bool plan_is_paired(const struct plan *plan, const struct table *table);

/* rename.c: makes the renames, and mid. */
CHECKED enum status plan_write_renames(struct plan *plan, struct error *e);

/* compare.c: tells the differences of two tables, if there are any. */
bool plan_compare(struct plan *plan, const struct table *from,
		  const struct table *to);

/* compare.c: whether the order of the columns of a table of to matters; and
   whether it is another one than in from, among those that both have. */
bool plan_has_order(const struct plan *plan, const struct table *to);
bool plan_reorders(const struct table *from, const struct table *to);

/* rebuild.c: the table by way of a new one. */
void plan_write_rebuild(struct plan *plan, const struct table *from,
			const struct table *to);

/* The table that was made under the name target gets its own. */
void plan_rename_new(struct plan *plan, const char *target,
		     const struct table *to);

/*
 * What a column of to gets in a rebuild, by mid's names; NULL: nothing is
 * said, and it gets its default, which is plan_default_value's.
 */
const char *plan_new_value(const struct plan *plan, const struct table *from,
			   const struct table *to, const struct column *column);
const char *plan_default_value(const struct column *column,
			       struct arena *arena);

/* match.c: the old name of a column of a table of to that was renamed, and the
   new one of a column that was there; NULL if no rename is about it. */
const char *plan_column_before(const struct plan *plan, const struct table *to,
			       const char *column);
const char *plan_column_after(const struct plan *plan, const struct table *to,
			      const char *column);

/* match.c: a table of mid in the database as it is: its name, SQL for a FROM. */
const char *plan_name_before(const struct plan *plan, const struct table *mid);
const char *plan_old_rows(const struct plan *plan, const struct table *from);

/*
 * allowed.c: first, as SQL, or if CHECKs forbid it another value for the
 * column that they allow, or first if none is found.
 */
const char *plan_allowed_value(const struct plan *plan,
			       const struct table *table,
			       const struct column *column, const char *first);

/* virtual.c: a virtual table made anew, with what was in it. */
CHECKED enum status plan_write_virtual(struct plan *plan,
				       const struct table *from,
				       const struct table *to, struct error *e);

/* Whether it is an index of a table that may have to be made first. */
bool plan_virtual_is_index(const struct plan *plan, const struct table *to);

/* Fills a new index of a table that is there already, when all else is. */
void plan_fill_virtual(struct plan *plan, const struct table *table);

/*
 * Fails if the rows of from would be lost to a table of its name (NULL: none)
 * that cannot take them, one of the two being virtual.
 */
CHECKED enum status plan_check_replaced(const struct plan *plan,
					const struct table *from,
					const struct table *to,
					struct error *e);

/*
 * objects.c: indexes, triggers and views.  Those that go or change, as DROP
 * statements; then those to be made, where recreated tells for each table of to
 * that it is made anew and its indexes and triggers with it.
 */
struct drop {
	const struct table *table; /* of mid: what it belongs to */
	bool index;
	const char *sql;
};
size_t plan_find_drops(struct plan *plan, struct drop **out);
void plan_write_creates(struct plan *plan, const bool *recreated,
			const bool *independent);

/*
 * drop_order.c: puts tables that are dropped into an order in which none is
 * dropped while another still refers to it.  False if there is none, or a
 * table that stays refers to one of them: foreign keys have to be off.
 */
bool plan_order_drops(const struct plan *plan, const struct table **tables,
		      size_t count);

/* A table that changes, and the native ALTERs that do it; NULL: a rebuild. */
struct alteration {
	const struct table *from, *to; /* of mid and to */
	const char *alter;
};

/*
 * alter.c: finds native ALTERs by trying them.  first are statements that run
 * before them; those that fail there don't matter here.
 */
CHECKED enum status plan_find_alters(struct plan *plan,
				     struct alteration *changed,
				     size_t nchanged, const char *const *first,
				     size_t nfirst, struct error *e);

/* fill.c: what NOT NULL columns get in rows that have nothing. */
const char *plan_fill_value(const struct plan *plan, const struct table *table,
			    const struct column *column);
void plan_find_missing(struct plan *plan, const struct table *from,
		       const struct table *to);

#endif

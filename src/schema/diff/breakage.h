/*
 * Finds SELECT, INSERT, UPDATE and DELETE statements that a schema change
 * breaks: they fail after it on a table or view where they worked before, or
 * on a new one.
 */
#ifndef SCHEMA_BREAKAGE_H
#define SCHEMA_BREAKAGE_H

#include "schema/plan/change.h"

struct breakage {
	const char *text; /* "UPDATE of t would fail: no such column: a" */
	const char *hint; /* the next step */
	bool worked;      /* the statement works before the change */
};

struct breakages {
	struct breakage *items;
	size_t count;
};

/*
 * Tries the statements in memory, at most one breakage for each table.  diff
 * is the one from from to to; its renames pair the tables.
 */
CHECKED enum status breakages_find(const struct schema *from,
				   const struct schema *to,
				   const struct diff *diff, struct arena *arena,
				   struct breakages *out, struct error *e);

/* Whether a database has anything that a change of another table can break: a
   view, a virtual table or a trigger. */
CHECKED enum status failing_possible(struct engine *engine, bool *out,
				     struct error *e);

/* The statements that fail at one moment on the views, the virtual tables and
   the tables with triggers of a database, in arena. */
struct failing;
CHECKED enum status failing_read(struct engine *engine, struct arena *arena,
				 const struct failing **out, struct error *e);

/*
 * The next that fails in after and works in before, on a table or view that both
 * have: "SELECT from v", and in why SQLite's message; NULL if there is none.  at
 * begins with 0.
 */
const char *failing_next(const struct failing *before,
			 const struct failing *after, size_t *at,
			 const char **why);

#endif

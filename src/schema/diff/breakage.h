/*
 * What a change of the schema breaks: statements on tables, views and virtual
 * tables that worked before it and fail after it, or that fail on what is new.
 * What failed before is not the change's fault, and is left out.
 */
#ifndef SCHEMA_BREAKAGE_H
#define SCHEMA_BREAKAGE_H

#include "schema/plan/change.h"

struct breakage {
	const char *text;   /* "UPDATE of t would fail: no such column: a" */
	const char *hint;   /* the next step */
	bool worked;        /* before the change */
};

struct breakages {
	struct breakage *items;
	size_t count;
};

/*
 * Tries both schemas in memory, where the first is needed at all.  Renames are
 * those of the diff that goes from the one to the other.
 */
CHECKED enum status breakages_find(const struct schema *from,
				   const struct schema *to,
				   const struct diff *diff, struct arena *arena,
				   struct breakages *out, struct error *e);

#endif

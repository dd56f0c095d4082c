/* Columns of rows and of the rows that they reference: user.age; private to
   resource/. */
#ifndef RESOURCE_FILTER_PATH_H
#define RESOURCE_FILTER_PATH_H

#include "resource/key/key.h"

struct column_path {
	const char *sql; /* of a statement FROM the resource's table */
	const struct column *column;
	const struct resource *resource; /* the column's */
	bool nullable;                   /* the value may be NULL */
};

/* The column that a path names; false if there is none. */
bool path_find(const struct resource *resource, const char *path,
	       struct arena *arena, struct column_path *out);

/* Where a table is named that no path from resource begins with, the next step:
   its own columns have no prefix, and rows that reference it a list of theirs.
   */
void path_hint(const struct resource *resource, const char *path,
	       struct error *e);

/* Refuses a name in a call's option that is not a column, with close ones. */
CHECKED enum status path_refuse(const struct call *call, const char *option,
				const struct resource *resource,
				const char *name, struct error *e);

#endif

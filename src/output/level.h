/* Which columns of rows within a row are shown; private to output/. */
#ifndef OUTPUT_LEVEL_H
#define OUTPUT_LEVEL_H

#include "output/format.h"

/* What is left out of all columns. */
struct level_filter {
	const char **hidden; /* columns, by their full names */
	size_t nhidden;
	bool text; /* the line for people may be shown */
	struct arena *arena;
};

/* Whether the column prefix + name is left out. */
bool level_hides(const struct level_filter *filter, const char *prefix,
		 const char *name);

/* A level without columns. */
struct level *level_new(struct arena *arena, size_t ncolumns, bool many);

/* All columns of rows but those left out, and those that are only shown where
   they are named.  prefix: of their full names, such as "user.". */
struct level *level_all(const struct level_filter *filter,
			const struct output_column *columns, size_t ncolumns,
			bool many, const char *prefix);

/*
 * Adds the column, or one of the rows in it: "user.age".  FOUND_TWICE if it is
 * shown already.
 */
enum level_found { FOUND_NONE, FOUND, FOUND_TWICE };
enum level_found level_pick(const struct level_filter *filter,
			    struct level *level,
			    const struct output_column *columns,
			    size_t ncolumns, const char *name);

/* The rest of name after "head."; NULL if it doesn't begin so. */
const char *name_after(const char *name, const char *head);

#endif

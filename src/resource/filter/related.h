/*
 * Rows that belong to the selected ones: those that a foreign key references
 * and those that reference them, by --with user,tasks.tags; private to
 * resource/.
 */
#ifndef RESOURCE_FILTER_RELATED_H
#define RESOURCE_FILTER_RELATED_H

#include "resource/key/key.h"

/* A kind of row in a tree of them, and what is nested in it. */
struct related {
	const char *name;                  /* "user", "tasks" */
	const struct resource *resource;   /* whose rows they are */
	const struct reference *reference; /* that makes them belong */
	bool many; /* the rows are those that have the key */
	struct related *parts;
	size_t nparts;
};

/*
 * Reads a call's --with, and of --columns the names of columns of related rows,
 * into a tree below resource.  USAGE for an unknown name in --with.
 */
CHECKED enum status related_take(struct call *call,
				 const struct resource *resource,
				 const char *columns, struct related *out,
				 struct error *e);

/* The resource's columns, then one for each part of the tree. */
void related_columns(const struct related *root, struct arena *arena,
		     const struct output_column **columns, size_t *count);

/* The parts as more columns of a SELECT from the resource: ", (SELECT …)". */
const char *related_select(const struct related *root, struct arena *arena);

/* All parts that --with can add below a resource. */
struct related *related_parts(const struct resource *resource,
			      struct arena *arena, size_t *count);

/* The one that a word names; false if there is none. */
bool related_find(const struct resource *resource, const char *name,
		  struct arena *arena, struct related *out);

#endif

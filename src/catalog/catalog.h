/*
 * The one list of operations.  Those of db, sql and undo are constant; those of
 * resources come from the database's schema, or from schema.sql if there is no
 * database yet.
 */
#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H

#include "operation/operation.h"

struct resource;

struct catalog {
	/* With CATALOG_LAZY not complete: see catalog_next. */
	const struct operation **operations;
	size_t noperations;
	const struct resource *resources;
	size_t nresources;
	bool missing; /* no database: the resources are those of
				   schema.sql */
};

/*
 * Reads the catalog of context's database, in arena.  CATALOG_CONST_ONLY omits
 * resources, which the constant operations do not need.  CATALOG_LAZY leaves
 * operations incomplete until they are found, which changes the catalog: not
 * for several threads.
 */
enum catalog_flags {
	CATALOG_ALL = 0,
	CATALOG_CONST_ONLY = 1,
	CATALOG_LAZY = 2,
};
CHECKED enum status catalog_load(struct context *context, unsigned flags,
				 struct arena *arena, struct catalog *out,
				 struct error *e);

/*
 * The operation of a noun (NULL: of any) at *at or after it, complete; moves
 * *at after it.  NULL at the end.
 */
const struct operation *catalog_next(const struct catalog *catalog,
				     const char *noun, size_t *at);

/* The operation, its verb written with - or _, or a shorter one; or NULL. */
const struct operation *catalog_find(const struct catalog *catalog,
				     const char *noun, const char *verb);

/* The operation on a subject that has the flag; NULL if there is none. */
const struct operation *catalog_find_flag(const struct catalog *catalog,
					  const void *subject, unsigned flag);

/*
 * An operation that is the same for every schema, of any verb if that is
 * NULL; NULL if there is none.
 */
const struct operation *catalog_find_const(const char *noun, const char *verb);

/* The resource of that noun, or that has these columns; NULL if none. */
const struct resource *catalog_find_resource(const struct catalog *catalog,
					     const char *noun);
const struct resource *
catalog_find_columns(const struct catalog *catalog,
		     const struct output_column *columns);

bool catalog_has_noun(const struct catalog *catalog, const char *noun);

/*
 * The noun for a word: a noun in any case, with - or _, or a resource's table
 * name; or NULL.
 */
const char *catalog_find_noun(const struct catalog *catalog, const char *word);

/*
 * As catalog_find, but NULL is an error: USAGE with close names, or SCHEMA if
 * the database has migrations to run.
 */
CHECKED enum status catalog_get(const struct catalog *catalog,
				struct context *context, const char *noun,
				const char *verb, const struct operation **out,
				struct error *e);

#endif

/* The search for what a statement was refused for; private to suspects*.c. */
#ifndef MIGRATE_SEARCH_H
#define MIGRATE_SEARCH_H

#include "engine/engine.h"
#include "schema/trial/row_copy.h"
#include "schema/text/token.h"

struct search {
	struct engine *engine;
	struct arena *arena;
	const struct fault *fault;
	const char *table;     /* that the constraint is of */
	const struct ddl *ddl; /* as the statement would have it, or NULL */
	int added;             /* the column that it would have more, or -1 */
	const char *index;     /* CREATE INDEX, where that is what fails */
	const char *rows;      /* for a FROM */
	struct row_copy *copy;
	/* What is selected of those that are wrong, and which they are. */
	const char *shown, *counted, *wrong;
};

/* Which rows the statement is about: table, ddl, added, index, rows, copy.
   False if it is none of those that are understood. */
bool search_rows(struct search *search, struct span statement);

#endif

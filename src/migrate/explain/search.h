/* The search for the rows a statement was refused for; private to
   suspects*.c. */
#ifndef MIGRATE_SEARCH_H
#define MIGRATE_SEARCH_H

#include "engine/engine.h"
#include "schema/text/token.h"
#include "schema/trial/row_copy.h"

struct suspect_search {
	struct engine *engine;
	struct arena *arena;
	const struct fault *fault;
	const char *table;     /* the constraint's table */
	const struct ddl *ddl; /* of the table after the statement, or NULL */
	int added;             /* index of the added column, or -1 */
	const char *index;     /* the failed CREATE INDEX, or NULL */
	const char *rows;      /* a FROM clause */
	struct row_copy *copy;
	/* Select lists to show and to count offending rows; their WHERE. */
	const char *shown, *counted, *wrong;
};

/* Sets table, ddl, added, index, rows and copy from the statement; false if
   it is not one that can be searched. */
bool search_rows(struct suspect_search *search, struct span statement);

#endif

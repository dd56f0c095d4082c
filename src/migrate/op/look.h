/*
 * Revisions as rows: the first column is a readable line in Alembic's words,
 * the others are data.
 */
#ifndef MIGRATE_LOOK_H
#define MIGRATE_LOOK_H

#include "migrate/record/site.h"

enum look_flags {
	LOOK_PARENTS = 1,  /* "a -> b" */
	LOOK_LABELS = 2,   /* "(label)" */
	LOOK_TREE = 4,     /* "(branchpoint)", "(mergepoint)" */
	LOOK_MESSAGE = 8,  /* ", message" */
	LOOK_CURRENT = 16, /* "(current)": the database was read */
	LOOK_LONG = 32,    /* a paragraph instead of a line */
	LOOK_SQL = 64,     /* the text is the revision's SQL */
};

/* The values of a row: look_columns of operations.c.  Only db show has the
   last column, sql. */
enum { LOOK_NCOLUMNS = 11 };

/* The readable text of a node; flags are LOOK_*. */
const char *look_text(const struct site *site, size_t node, unsigned flags);

/* Writes the row of a node. */
CHECKED enum status look_row(struct call *call, const struct site *site,
			     size_t node, unsigned flags, struct error *e);

/* The same with another text. */
CHECKED enum status look_row_text(struct call *call, const struct site *site,
				  size_t node, const char *text, unsigned flags,
				  struct error *e);

/* Writes the row of an unknown version. */
CHECKED enum status look_row_unknown(struct call *call, const char *version,
				     struct error *e);

#endif

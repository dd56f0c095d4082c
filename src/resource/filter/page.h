/*
 * The order of a list and the requested part of it: --sort, --limit, --offset
 * and --after; private to resource/.
 */
#ifndef RESOURCE_FILTER_PAGE_H
#define RESOURCE_FILTER_PAGE_H

#include "resource/filter/filter.h"

/* A column that rows are sorted by. */
struct term {
	const char *sql;
	bool descending, nullable;
};

struct list_page {
	const struct resource *resource;
	const char *sort;   /* the value of --sort, or NULL */
	struct term *terms; /* --sort's, then the key's */
	size_t nterms;
	const char *rest; /* the condition on rows that come after all others,
			     and in a query of their own; or NULL */
	bool apart;   /* no query has both NULLs and others in its first term */
	bool has_key; /* the order is total, so --after works */
	int64_t limit, offset; /* limit -1: none */
};

/*
 * Reads a call's page options; adds the condition for --after to filter.  USAGE
 * for an unknown column, or a cursor of another order.
 */
CHECKED enum status page_take(struct list_page *page, struct filter *filter,
			      struct error *e);

/* The extra columns to select for page_cursor: ", \"age\", \"id\"". */
const char *page_select(const struct list_page *page, struct arena *arena);

/* " ORDER BY … LIMIT …", for one row more than the limit, which shows whether
   the list continues. */
const char *page_sql(const struct list_page *page, struct arena *arena);

/* The --after that continues after the current row; first is the number of the
   statement's first extra column.  In arena. */
const char *page_cursor(const struct list_page *page,
			struct statement *statement, size_t first,
			struct arena *arena);

#endif

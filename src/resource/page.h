/*
 * The order of a list and the part of it that is wanted: --sort, --limit,
 * --offset and --after; private to resource/.
 */
#ifndef RESOURCE_PAGE_H
#define RESOURCE_PAGE_H

#include "resource/filter.h"

/* A column that rows are sorted by. */
struct term {
	const char *sql;
	bool descending, nullable;
};

struct page {
	const struct resource *resource;
	const char *sort;   /* as it was given, or NULL */
	struct term *terms; /* the sort's, then those of the key */
	size_t nterms;
	bool has_key;          /* the order is total, and can be continued */
	int64_t limit, offset; /* limit -1: none */
};

/*
 * Reads the page that a call wants of a resource's rows; of --after the
 * condition goes into filter.  USAGE for a column that there is not, or a
 * cursor of another order.
 */
CHECKED enum status page_take(struct page *page, struct filter *filter,
			      struct error *e);

/* What is selected beside the row, for page_cursor: ", \"age\", \"id\"". */
const char *page_select(const struct page *page, struct arena *arena);

/* " ORDER BY … LIMIT …", with a row more than the limit, which tells whether
   the list goes on. */
const char *page_sql(const struct page *page, struct arena *arena);

/* The --after that continues behind the current row, in arena. */
const char *page_cursor(const struct page *page, struct statement *statement,
			struct arena *arena);

#endif

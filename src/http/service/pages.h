/* The listener's own pages, besides the routes of operations. */
#ifndef HTTP_SERVICE_PAGES_H
#define HTTP_SERVICE_PAGES_H

#include "http/answer/router.h"

/* The last one has no path. */
extern const struct page pages[];

/*
 * Shows a file of the documentation (http/service/docs.c).  NOT_FOUND if the
 * program was built without it.
 */
CHECKED enum status docs_show(const struct page_view *view, struct error *e);

#endif

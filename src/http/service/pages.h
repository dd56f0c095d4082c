/* The pages that are the listener's own, beside the operations' routes. */
#ifndef HTTP_SERVICE_PAGES_H
#define HTTP_SERVICE_PAGES_H

#include "http/answer/router.h"

/* Ended by one without a path. */
extern const struct page pages[];

/* A file of the documentation (http/service/docs.c); NOT_FOUND where the build could
   not get it. */
CHECKED enum status docs_show(struct service *service, const struct page *page,
			      struct arena *arena, struct response *response,
			      struct error *e);

#endif

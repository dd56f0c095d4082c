/* The pages that are the listener's own, beside the operations' routes. */
#ifndef HTTP_PAGES_H
#define HTTP_PAGES_H

#include "http/router.h"

/* Ended by one without a path. */
extern const struct page pages[];

/* The documentation (http/docs.c). */
CHECKED enum status docs_show(struct service *service, struct arena *arena,
			      struct response *response, struct error *e);
CHECKED enum status docs_style_show(struct service *service,
				    struct arena *arena,
				    struct response *response, struct error *e);

#endif

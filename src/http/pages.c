#include "http/pages.h"

#include "describe/openapi.h"
#include "http/service.h"

static enum status welcome_show(struct service *service,
				const struct page *page, struct arena *arena,
				struct response *response, struct error *e)
{
	(void)service;
	(void)page;
	(void)arena;
	(void)e;
	response_json(response, 200,
		      slice_of("{\"message\":\"Welcome to Taskmanager\"}"));
	return OK;
}

/* handle.c has found the database readable before it gets here. */
static enum status health_show(struct service *service, const struct page *page,
			       struct arena *arena, struct response *response,
			       struct error *e)
{
	(void)service;
	(void)page;
	(void)arena;
	(void)e;
	response_json(response, 200, slice_of("{\"status\":\"ok\"}"));
	return OK;
}

static enum status openapi_show(struct service *service,
				const struct page *page, struct arena *arena,
				struct response *response, struct error *e)
{
	(void)page;
	(void)arena;
	(void)e;
	if (!service->edition->openapi.length)
		openapi_write(&service->edition->catalog,
			      &service->edition->openapi);
	response_json(response, 200,
		      (struct slice){
			      .data = service->edition->openapi.data,
			      .length = service->edition->openapi.length,
		      });
	return OK;
}

const struct page pages[] = {
	{ .path = "/", .show = welcome_show },
	{ .path = "/health", .show = health_show },
	{ .path = "/openapi.json", .show = openapi_show },
	{ .path = "/docs", .show = docs_show },
	{ .path = "/docs/favicon.png", .show = docs_show },
	{ .path = "/docs/init.js", .show = docs_show },
	{ .path = "/docs/swagger-ui.css", .show = docs_show },
	{ .path = "/docs/swagger-ui.js", .show = docs_show },
	{ .path = NULL },
};

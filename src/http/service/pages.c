#include "http/service/pages.h"

#include <inttypes.h>

#include "describe/openapi.h"
#include "http/service/service.h"

enum { READY_JOBS = 512 }; /* half of the requests that may wait */

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

/* handle.c has already checked that the database is readable. */
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

/* Whether this server can take more requests. */
static enum status ready_show(struct service *service, const struct page *page,
			      struct arena *arena, struct response *response,
			      struct error *e)
{
	const struct metrics *metrics = &service->metrics;

	(void)page;
	(void)arena;
	if (service->blocked)
		return fail(e, BUSY, "The database is locked");
	if (metrics->reads > READY_JOBS || metrics->writes > READY_JOBS)
		return fail(e, BUSY, "Many requests are waiting");
	response_json(response, 200, slice_of("{\"status\":\"ready\"}"));
	return OK;
}

/* prometheus.io/docs/instrumenting/exposition_formats */
static void write_metrics(const struct service *service, struct buffer *out)
{
	const struct metrics *metrics = &service->metrics;

	buffer_text(out, "# HELP taskmgr_responses_total Responses, by the "
			 "class of their status.\n"
			 "# TYPE taskmgr_responses_total counter\n");
	for (int i = 1; i < 6; i++)
		buffer_printf(out,
			      "taskmgr_responses_total{class=\"%dxx\"} %" PRIu64
			      "\n",
			      i, metrics->responses[i]);
	buffer_printf(out,
		      "# HELP taskmgr_connections Open connections.\n"
		      "# TYPE taskmgr_connections gauge\n"
		      "taskmgr_connections %zu\n"
		      "# HELP taskmgr_memory_bytes Large bodies and answers in "
		      "memory.\n"
		      "# TYPE taskmgr_memory_bytes gauge\n"
		      "taskmgr_memory_bytes %zu\n"
		      "# HELP taskmgr_waiting Requests waiting for a thread.\n"
		      "# TYPE taskmgr_waiting gauge\n"
		      "taskmgr_waiting{kind=\"read\"} %zu\n"
		      "taskmgr_waiting{kind=\"write\"} %zu\n",
		      metrics->connections, metrics->memory, metrics->reads,
		      metrics->writes);
}

static enum status metrics_show(struct service *service,
				const struct page *page, struct arena *arena,
				struct response *response, struct error *e)
{
	BUFFER(out);

	(void)page;
	(void)e;
	write_metrics(service, &out);
	response_data(response, 200, "text/plain; version=0.0.4; charset=utf-8",
		      (struct slice){
			      arena_copy_n(arena, out.data, out.length),
			      out.length,
		      });
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
			      service->settings->root_path,
			      service->tokens.hashes.length,
			      &service->edition->openapi);
	response->cache = &service->edition->openapi_gzip;
	response_json(response, 200,
		      (struct slice){
			      .data = service->edition->openapi.data,
			      .length = service->edition->openapi.length,
		      });
	return OK;
}

const struct page pages[] = {
	{ .path = "/", .show = welcome_show, .open = true },
	{ .path = "/health", .show = health_show, .open = true },
	{ .path = "/ready", .show = ready_show, .open = true },
	{ .path = "/metrics", .show = metrics_show },
	{ .path = "/openapi.json",
	  .show = openapi_show,
	  .open = true,
	  .docs = true },
	{ .path = "/docs", .show = docs_show, .open = true, .docs = true },
	{ .path = "/docs/favicon.png",
	  .show = docs_show,
	  .open = true,
	  .docs = true },
	{ .path = "/docs/init.js",
	  .show = docs_show,
	  .open = true,
	  .docs = true },
	{ .path = "/docs/swagger-ui.css",
	  .show = docs_show,
	  .open = true,
	  .docs = true },
	{ .path = "/docs/swagger-ui.js",
	  .show = docs_show,
	  .open = true,
	  .docs = true },
	{ .path = NULL },
};

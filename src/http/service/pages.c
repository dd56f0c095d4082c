#include "http/service/pages.h"

#include <inttypes.h>

#include "describe/openapi.h"
#include "http/service/service.h"

enum { READY_JOBS = 512 }; /* half of the requests that may wait */

static enum status text_show(const struct page_view *view, struct error *e)
{
	(void)e;
	response_json(view->response, 200, slice_of(view->page->text));
	return OK;
}

/* Whether this server can take more requests. */
static enum status ready_show(const struct page_view *view, struct error *e)
{
	const struct metrics *metrics = &view->service->metrics;

	if (view->service->blocked)
		return fail(e, BUSY, "The database is locked");
	if (metrics->reads > READY_JOBS || metrics->writes > READY_JOBS)
		return fail(e, BUSY, "Many requests are waiting");
	return text_show(view, e);
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

static enum status metrics_show(const struct page_view *view, struct error *e)
{
	BUFFER(out);

	(void)e;
	write_metrics(view->service, &out);
	response_data(view->response, 200,
		      "text/plain; version=0.0.4; charset=utf-8",
		      slice_copy(&out, view->arena));
	return OK;
}

static enum status openapi_show(const struct page_view *view, struct error *e)
{
	const struct service *service = view->service;
	struct edition *edition = service->edition;

	(void)e;
	if (!edition->openapi.length)
		openapi_write(&edition->catalog, service->settings->root_path,
			      service->tokens.hashes.length, &edition->openapi);
	view->response->cache = &edition->openapi_gzip;
	response_json(view->response, 200,
		      (struct slice){ edition->openapi.data,
				      edition->openapi.length });
	return OK;
}

/* The table is laid out by hand. */
/* clang-format off */

#define DOCS .show = docs_show, .open = true, .docs = true

const struct page pages[] = {
	{ .path = "/", .show = text_show, .open = true,
	  .text = "{\"message\":\"Welcome to Taskmanager\"}" },
	/* handle.c has already checked that the database is readable. */
	{ .path = "/health", .show = text_show, .open = true,
	  .text = "{\"status\":\"ok\"}" },
	{ .path = "/ready", .show = ready_show, .open = true,
	  .text = "{\"status\":\"ready\"}" },
	{ .path = "/metrics", .show = metrics_show },
	{ .path = "/openapi.json", .show = openapi_show, .open = true,
	  .docs = true },
	{ .path = "/docs", DOCS },
	{ .path = "/docs/favicon.png", DOCS },
	{ .path = "/docs/init.js", DOCS },
	{ .path = "/docs/swagger-ui.css", DOCS },
	{ .path = "/docs/swagger-ui.js", DOCS },
	{ .path = NULL },
};

/* clang-format on */

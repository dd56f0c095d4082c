/* /docs: what there is to ask for, read off the catalog. */
#include "http/pages.h"
#include "http/service.h"
#include "util/version.h"

static const char style[] =
	"body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;"
	"margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\n"
	"h2{margin:2rem 0 .5rem}\n"
	"table{border-collapse:collapse;width:100%}\n"
	"td{border-top:1px solid #ccc;padding:.4rem .8rem .4rem 0;"
	"vertical-align:top}\n"
	"td:first-child{width:5rem;font-weight:bold}\n"
	"td:nth-child(2){width:40%;overflow-wrap:anywhere}\n"
	"code{font-family:ui-monospace,monospace}\n"
	"@media(prefers-color-scheme:dark){body{color:#ddd;background:#111}"
	"a{color:#8cf}td{border-color:#444}}\n";

/* Text between tags and in attributes. */
static void add_escaped(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '<':
			buffer_text(out, "&lt;");
			break;
		case '>':
			buffer_text(out, "&gt;");
			break;
		case '&':
			buffer_text(out, "&amp;");
			break;
		case '"':
			buffer_text(out, "&quot;");
			break;
		default:
			buffer_byte(out, *text);
		}
	}
}

/* What may stand in the query, with ? where it may be left out. */
static void add_query(struct buffer *out, const struct operation *operation)
{
	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->role != PARAMETER_ARGUMENT)
			continue;
		buffer_text(out, "?");
		add_escaped(out, p->name);
		buffer_text(out, "=");
		return;
	}
}

static void add_route(struct buffer *out, const struct operation *operation,
		      const struct route *route)
{
	buffer_text(out, "<tr><td>");
	add_escaped(out, route->method);
	buffer_text(out, "</td><td><code>");
	add_escaped(out, route->path);
	add_query(out, operation);
	buffer_text(out, "</code></td><td>");
	add_escaped(out, operation->summary ? operation->summary : "");
	buffer_text(out, "</td></tr>\n");
}

static void add_operations(struct buffer *out, const struct catalog *catalog)
{
	const char *noun = NULL;

	for (size_t i = 0; i < catalog->noperations; i++) {
		const struct operation *operation = catalog->operations[i];

		if (!operation->nroutes)
			continue;
		if (!noun || strcmp(noun, operation->noun) != 0) {
			buffer_text(out, noun ? "</table>\n<h2>" : "<h2>");
			noun = operation->noun;
			add_escaped(out, noun);
			buffer_text(out, "</h2>\n<table>\n");
		}
		for (size_t k = 0; k < operation->nroutes; k++)
			add_route(out, operation, &operation->routes[k]);
	}
	if (noun)
		buffer_text(out, "</table>\n");
}

static void write_docs(struct service *service)
{
	struct buffer *out = &service->docs;

	buffer_text(out,
		    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		    "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
		    "content=\"width=device-width, initial-scale=1\">\n"
		    "<title>taskmgr</title>\n<link rel=\"stylesheet\" "
		    "href=\"/docs/style.css\">\n</head>\n<body>\n"
		    "<h1>taskmgr " TASKMGR_VERSION "</h1>\n<p>What this server "
		    "answers. The same for programs: "
		    "<a href=\"/openapi.json\">/openapi.json</a> "
		    "(OpenAPI 3.1).</p>\n");
	add_operations(out, &service->catalog);
	buffer_text(out, "</body>\n</html>\n");
}

/* A document: nothing but what this server has may be loaded into it. */
static void answer(struct response *response, const char *media_type,
		   struct slice body)
{
	response->status = 200;
	response->media_type = media_type;
	response->body = body;
	response_field(response, "Cache-Control", "no-cache");
	response_field(response, "Content-Security-Policy",
		       "default-src 'none'; style-src 'self'; "
		       "base-uri 'none'; form-action 'none'; "
		       "frame-ancestors 'none'");
}

enum status docs_show(struct service *service, struct arena *arena,
		      struct response *response, struct error *e)
{
	(void)arena;
	(void)e;
	if (!service->docs.length)
		write_docs(service);
	answer(response, "text/html; charset=utf-8",
	       (struct slice){
		       .data = service->docs.data,
		       .length = service->docs.length,
	       });
	return OK;
}

enum status docs_style_show(struct service *service, struct arena *arena,
			    struct response *response, struct error *e)
{
	(void)service;
	(void)arena;
	(void)e;
	answer(response, "text/css; charset=utf-8", slice_of(style));
	return OK;
}

#include "http/service/guard.h"

#include "http/answer/problem.h"
#include "http/service/cors.h"
#include "http/service/service.h"
#include "http/service/settings.h"
#include "resource/model/resource.h"
#include "util/text.h"

static bool refuse(int status, const char *detail, struct arena *arena,
		   struct response *response)
{
	problem_of_status(status, detail, arena, response);
	return false;
}

/* The host without its port: "[::1]", "localhost". */
static struct slice host_of(struct slice authority)
{
	if (authority.length && *authority.data == '[') {
		struct slice address = slice_cut(&authority, ']');

		address.length++;
		return address;
	}
	return slice_cut(&authority, ':');
}

/* An IP address, which is not looked up and so cannot be rebound. */
static bool is_number(struct slice host)
{
	size_t i = 0;

	if (host.length && *host.data == '[')
		return true;
	while (i < host.length && text_one_of(host.data[i], "0123456789."))
		i++;
	return i && i == host.length;
}

static bool host_is_ours(const struct http_settings *settings,
			 struct slice host)
{
	/* Names that nobody else can resolve to this machine. */
	if (slice_is_fold(host, "localhost") || slice_is(host, "127.0.0.1") ||
	    slice_is(host, "[::1]") || slice_is_fold(host, settings->host))
		return true;
	/* Where other machines come from, any address is one of ours. */
	return http_list_has(settings->allow_hosts, host) ||
	       ((settings->token_file || settings->insecure) &&
		is_number(host));
}

/* Whether the page that sends the request is of the host that it is sent to. */
static bool origin_is_ours(const struct request *request, struct slice origin)
{
	struct slice ours = request_slice(request, request->authority);
	struct slice scheme = slice_cut(&origin, ':');

	if (!slice_is(scheme, "http") && !slice_is(scheme, "https"))
		return false;
	return origin.length == ours.length + 2 &&
	       !memcmp(origin.data, "//", 2) &&
	       !strncasecmp(origin.data + 2, ours.data, ours.length);
}

bool guard_admits(const struct http_settings *settings,
		  const struct request *request, struct arena *arena,
		  struct response *response)
{
	struct slice authority = request_slice(request, request->authority);
	struct slice origin = request_field(request, "origin");
	struct slice site = request_field(request, "sec-fetch-site");

	if (request->has_authority &&
	    !host_is_ours(settings, host_of(authority)))
		return refuse(421,
			      "The Host is not a name of this server; "
			      "--allow-host adds one",
			      arena, response);
	if (http_method_is_safe(request->method) ||
	    cors_allows(settings, origin))
		return true;
	if ((site.data && slice_is_fold(site, "cross-site")) ||
	    (origin.data && !origin_is_ours(request, origin)))
		return refuse(403, "Another site may not make changes here",
			      arena, response);
	return true;
}

static bool charset_is_utf8(struct slice parameters)
{
	while (parameters.data) {
		struct slice value = slice_trim(slice_cut(&parameters, ';'));
		struct slice name = slice_cut(&value, '=');

		if (slice_is_fold(name, "charset") &&
		    (!value.data || (!slice_is_fold(value, "utf-8") &&
				     !slice_is_fold(value, "\"utf-8\""))))
			return false;
	}
	return true;
}

static bool has_body(const struct request *request)
{
	return request->body.length || request->remaining || request->chunked;
}

/* "text/csv, application/json or application/jsonl" */
static const char *list_types(const struct body_form *forms,
			      struct arena *arena)
{
	const char *list = "", *last = forms->media_type;

	for (forms++; forms->media_type; forms++) {
		if (forms->alias)
			continue;
		list = arena_printf(arena, "%s%s%s", list, *list ? ", " : "",
				    last);
		last = forms->media_type;
	}
	return *list ? arena_printf(arena, "%s or %s", list, last) : last;
}

static bool admits_body(const struct request *request,
			const struct body_form *takes, struct arena *arena,
			struct response *response)
{
	struct slice type = request_field(request, "content-type");
	struct slice coding = request_field(request, "content-encoding");
	struct slice name;

	if (!has_body(request))
		return true;
	if (coding.data && !slice_is_fold(coding, "identity"))
		return refuse(415, "The Content-Encoding is not supported",
			      arena, response);
	if (!type.data)
		return refuse(415,
			      arena_printf(arena,
					   "The body has no Content-Type: it "
					   "must be %s",
					   list_types(takes, arena)),
			      arena, response);
	name = slice_trim(slice_cut(&type, ';'));
	if (!body_find(takes, name.data, name.length))
		return refuse(415,
			      arena_printf(arena, "The Content-Type must be %s",
					   list_types(takes, arena)),
			      arena, response);
	if (!charset_is_utf8(type))
		return refuse(415, "The charset must be UTF-8", arena,
			      response);
	return true;
}

/*
 * The preconditions of a change (RFC 9110, 13.1).  Only existing rows have
 * tags, and there are no modification dates.
 */
static bool admits_conditions(const struct request *request,
			      const struct router_entry *entry,
			      struct arena *arena, struct response *response)
{
	bool tags = request_field(request, "if-match").data ||
		    request_field(request, "if-none-match").data;

	if ((tags && !entry->row) ||
	    request_field(request, "if-unmodified-since").data)
		return refuse(412, "The precondition failed", arena, response);
	if (request_field(request, "content-range").data)
		return refuse(400, "Content-Range is not supported", arena,
			      response);
	return true;
}

/*
 * Where the schema asks for it, a row is not changed by a client that has not
 * seen it as it is (RFC 6585, 3).  Many rows at once have no tag.
 */
static bool has_precondition(const struct request *request,
			     const struct router_entry *entry,
			     struct arena *arena, struct response *response)
{
	if (!entry->resource ||
	    !entry->resource->table->annotations.precondition ||
	    entry->route->status == 201 || !entry->route->transaction)
		return true;
	if (entry->route->rows)
		return refuse(428, "Rows are changed one by one, with If-Match",
			      arena, response);
	return request_field(request, "if-match").data ||
	       refuse(428, "If-Match with the row's ETag is required", arena,
		      response);
}

bool guard_admits_route(const struct service *service,
			const struct request *request,
			const struct router_entry *entry, struct arena *arena,
			struct response *response)
{
	if (!entry->operation || !(entry->operation->flags & OPERATION_WRITES))
		return true;
	if (service->context.flags & CONTEXT_READ_ONLY)
		return refuse(403, "This server is read-only", arena, response);
	return (!entry->route->takes ||
		admits_body(request, entry->route->takes, arena, response)) &&
	       admits_conditions(request, entry, arena, response) &&
	       has_precondition(request, entry, arena, response);
}

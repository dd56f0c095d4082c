#include "http/service/cors.h"

#include "util/arena.h"

bool cors_allows(const struct http_settings *settings, struct slice origin)
{
	return origin.data && (http_list_has(settings->cors, origin) ||
			       http_list_has(settings->cors, slice_of("*")));
}

bool cors_answer_preflight(const struct http_settings *settings,
			   const struct request *request,
			   struct response *response)
{
	if (request->method != HTTP_OPTIONS ||
	    !cors_allows(settings, request_field(request, "origin")) ||
	    !request_field(request, "access-control-request-method").data)
		return false;
	response->status = 204;
	response_field(response, "Access-Control-Allow-Methods",
		       "GET, HEAD, POST, PUT, PATCH, DELETE");
	response_field(response, "Access-Control-Allow-Headers",
		       "Accept, Authorization, Content-Type, Idempotency-Key, "
		       "If-Match, If-None-Match, Prefer, X-Request-ID");
	response_field(response, "Access-Control-Max-Age", "600");
	return true;
}

void cors_add_fields(const struct http_settings *settings,
		     const struct request *request, struct arena *arena,
		     struct response *response)
{
	struct slice origin;

	if (!settings->cors)
		return;
	origin = request_field(request, "origin");
	/* A cache must not give one site's answer to another. */
	response_field(response, "Vary", "Origin");
	if (!cors_allows(settings, origin))
		return;
	response_field(response, "Access-Control-Allow-Origin",
		       arena_copy_n(arena, origin.data, origin.length));
	response_field(response, "Access-Control-Expose-Headers",
		       "ETag, Idempotency-Replayed, Link, Location, "
		       "Preference-Applied, Retry-After, X-Request-ID, "
		       "X-Total-Count");
}

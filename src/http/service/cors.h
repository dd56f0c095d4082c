/*
 * Cross-origin requests (fetch.spec.whatwg.org, 3.3): which sites' pages a
 * browser lets read what this server answers.
 */
#ifndef HTTP_SERVICE_CORS_H
#define HTTP_SERVICE_CORS_H

#include "http/service/settings.h"
#include "http/wire/request.h"
#include "http/wire/response.h"

/* Whether pages of that origin may send requests; false without an Origin. */
bool cors_allows(const struct http_settings *settings, struct slice origin);

/*
 * Answers a preflight request for such a page, whatever the path; false if the
 * request is something else.
 */
bool cors_answer_preflight(const struct http_settings *settings,
			   const struct request *request,
			   struct response *response);

/* Adds the fields that let such a page read the response. */
void cors_add_fields(const struct http_settings *settings,
		     const struct request *request, struct arena *arena,
		     struct response *response);

#endif

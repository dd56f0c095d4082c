/*
 * Cross-origin requests (fetch.spec.whatwg.org, 3.3): which sites' pages a
 * browser lets read what this server answers.
 */
#ifndef HTTP_SERVICE_CORS_H
#define HTTP_SERVICE_CORS_H

#include "http/service/settings.h"
#include "http/wire/request.h"
#include "http/wire/response.h"

/* Whether pages of that origin may ask; its data is NULL where there is none. */
bool cors_allows(const struct http_settings *settings, struct slice origin);

/*
 * Whether a browser asks, for a page that may, what it would be allowed to
 * send; then response is the answer, whatever the path.
 */
bool cors_answer_preflight(const struct http_settings *settings,
			   const struct request *request,
			   struct response *response);

/* Adds what lets the page read the answer. */
void cors_add_fields(const struct http_settings *settings,
		     const struct request *request, struct arena *arena,
		     struct response *response);

#endif

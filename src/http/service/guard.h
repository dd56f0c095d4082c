/*
 * Refuses requests made by other sites.  Every page that a browser shows can
 * reach a loopback service, so the guard checks the Host (DNS rebinding) and
 * the origin of changes (cross-site request forgery).
 */
#ifndef HTTP_SERVICE_GUARD_H
#define HTTP_SERVICE_GUARD_H

#include "http/wire/request.h"
#include "http/wire/response.h"
#include "util/arena.h"

struct http_settings;
struct router_entry;
struct service;

/*
 * Whether the request may be handled.  False with the response: 421 for an
 * unknown Host, 403 for a change made by another site.
 */
bool guard_admits(const struct http_settings *settings,
		  const struct request *request, struct arena *arena,
		  struct response *response);

/*
 * Whether the route accepts the request's head.  False with the response: 403
 * if the server is read-only, 415 for a body of another type or coding, 412 and
 * 400 for preconditions that cannot be checked, 428 for one that the schema
 * requires and the request lacks.
 */
bool guard_admits_route(const struct service *service,
			const struct request *request,
			const struct router_entry *entry, struct arena *arena,
			struct response *response);

#endif

/*
 * Who may ask.  A loopback service is open to every page that a browser
 * shows, unless it looks at the host it was asked as (DNS rebinding) and at
 * the page that a change comes from (cross-site request forgery).
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
 * Whether the request may be looked at: 421 for a Host that isn't ours, 403
 * for a change that another site asks for, else true.
 */
bool guard_admits(const struct http_settings *settings,
		  const struct request *request, struct arena *arena,
		  struct response *response);

/*
 * Whether the head fits the route: 403 for a change of what is only read, 415
 * for a body that is not JSON as it stands, 412 and 400 for conditions that
 * are not known to hold.
 */
bool guard_admits_route(const struct service *service,
			const struct request *request,
			const struct router_entry *entry, struct arena *arena,
			struct response *response);

#endif

/* A route's operation, run for a request. */
#ifndef HTTP_RUN_H
#define HTTP_RUN_H

#include "http/request.h"
#include "http/service.h"

/* Decodes the request by the operation's parameters, runs it, answers. */
void run_route(struct service *service, const struct router_entry *entry,
	       const struct request *request, struct arena *arena,
	       struct response *response);

#endif

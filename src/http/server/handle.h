/* One request to one response. */
#ifndef HTTP_SERVER_HANDLE_H
#define HTTP_SERVER_HANDLE_H

#include "http/service/service.h"
#include "http/wire/request.h"

struct job;

/*
 * Judges a request by its head alone, its body may still be to come: the route
 * that answers it, or NULL where response is the answer already.
 */
const struct router_entry *handle_head(struct service *service,
				       const struct request *request,
				       struct arena *arena,
				       struct response *response);

/*
 * Answers a whole request.  NULL: with response, whose texts live in arena and
 * in the service until the next call.  Else the request's job, which a thread
 * has, or is ready already.
 */
struct job *handle_request(struct service *service,
			   const struct request *request, struct arena *arena,
			   struct response *response);

#endif

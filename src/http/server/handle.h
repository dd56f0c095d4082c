/* Makes the response to a request. */
#ifndef HTTP_SERVER_HANDLE_H
#define HTTP_SERVER_HANDLE_H

#include "http/service/service.h"
#include "http/wire/request.h"

struct job;

/*
 * Finds the route for a request by its head alone, before its body has arrived.
 * NULL: response is the answer.
 */
const struct router_entry *handle_head(struct service *service,
				       const struct request *request,
				       struct arena *arena,
				       struct response *response);

/*
 * Answers a complete request.  NULL: response is the answer; its texts are in
 * arena and, until the next call, in the service.  Otherwise the job that a
 * thread answers, or that is ready already.
 */
struct job *handle_request(struct service *service,
			   const struct request *request, struct arena *arena,
			   struct response *response);

#endif

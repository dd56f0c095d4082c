/*
 * What requests are answered from: the door's context, its catalog and the
 * router over it, which follow the schema when another process changes it.
 */
#ifndef HTTP_SERVICE_H
#define HTTP_SERVICE_H

#include "http/response.h"
#include "http/router.h"
#include "http/serve.h"
#include "output/sink.h"

struct service {
	struct context context;         /* the door's own */
	const struct context *operator; /* who is told of our own faults */
	const struct http_settings *settings;
	struct arena catalog_arena;
	struct catalog catalog;
	struct router router;
	int64_t schema_version; /* that the catalog was read at */
	struct sink sink;       /* the answer being made */
	struct buffer openapi;  /* empty until it is asked for */
};

/*
 * Opens the database and reads the catalog.  SCHEMA if the database is behind
 * its migrations.  context and settings must outlive the service.
 */
CHECKED enum status service_open(struct service *service,
				 const struct context *context,
				 const struct http_settings *settings,
				 struct error *e);
void service_close(struct service *service);

/*
 * Answers an error, and tells the operator of those that are not the
 * client's to know.
 */
void service_fail(struct service *service, const struct request *request,
		  const struct error *e, struct arena *arena,
		  struct response *response);

/* Reads the catalog again if the schema is not what it was. */
CHECKED enum status service_refresh(struct service *service, struct error *e);

#endif

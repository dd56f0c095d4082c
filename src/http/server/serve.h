/*
 * The listener: taskmgr --serve.  An event loop of one thread over the same
 * operations as every other door.
 */
#ifndef HTTP_SERVER_SERVE_H
#define HTTP_SERVER_SERVE_H

#include "http/service/settings.h"
#include "operation/operation.h"

/*
 * Serves context's database until SIGINT or SIGTERM, then finishes what runs
 * and returns OK.  Says on the context's note where it listens.  SCHEMA if
 * the database is behind its migrations, USAGE for an address that is not
 * this machine's own, FAILED where the address cannot be had.
 */
CHECKED enum status http_serve(struct context *context,
			       const struct http_settings *settings,
			       struct error *e);

#endif

/*
 * The listener: taskmgr --serve.  An event loop of one thread over the same
 * operations as every other door.
 */
#ifndef HTTP_SERVE_H
#define HTTP_SERVE_H

#include "operation/operation.h"

struct http_settings {
	const char *host;               /* an address, or localhost */
	int port;                       /* 0: any that is free */
	const char *const *allow_hosts; /* further names it is asked as */
	size_t nallow_hosts;
	bool read_only; /* nothing may be changed */
};

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

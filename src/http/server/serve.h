/*
 * The listener: taskmgr --serve.  An event loop of one thread that offers the
 * same operations as the command line.
 */
#ifndef HTTP_SERVER_SERVE_H
#define HTTP_SERVER_SERVE_H

#include "http/service/settings.h"
#include "operation/operation.h"

/*
 * Serves context's database until SIGINT or SIGTERM, then finishes the running
 * requests and returns OK.  Reports its address by context_note.  SCHEMA if the
 * database is not at head, USAGE for an invalid setting, or for an address that
 * other machines can connect to without tokens or --insecure, FAILED if it
 * cannot be opened.  *again is set if it ended because its settings changed.
 */
CHECKED enum status http_serve(struct context *context,
			       const struct http_settings *settings,
			       bool *again, struct error *e);

#endif

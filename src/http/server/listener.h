/* The socket that connections come to. */
#ifndef HTTP_SERVER_LISTENER_H
#define HTTP_SERVER_LISTENER_H

#include "http/service/settings.h"
#include "util/error.h"

struct listener {
	int fd;          /* -1: closed */
	int spare;       /* given up where no file is left: see .c */
	const char *url; /* "http://127.0.0.1:8000", in the arena */
};

/*
 * Listens at the settings' address, which must be this machine's own: USAGE
 * for any other, FAILED where the port cannot be had.
 */
CHECKED enum status listener_open(struct listener *listener,
				  const struct http_settings *settings,
				  struct arena *arena, struct error *e);
void listener_close(struct listener *listener);

/*
 * The next connection, -1 if none is waiting.  *excess says that it is one
 * too many: the process has no file left for it, and it is to be turned away
 * and closed at once.
 */
int listener_accept(struct listener *listener, bool *excess);

/* Has the spare again, after an excess connection was closed. */
void listener_recover(struct listener *listener);

#endif

/* The socket that accepts connections. */
#ifndef HTTP_SERVER_LISTENER_H
#define HTTP_SERVER_LISTENER_H

#include "http/service/settings.h"
#include "util/error.h"

struct listener {
	int fd;    /* -1: closed */
	int spare; /* a file to close when none is left: see listener_accept */
	const char *url; /* "http://127.0.0.1:8000", in the arena */
};

/*
 * Listens at the settings' address.  USAGE unless it is a loopback address,
 * FAILED if the port cannot be opened.
 */
CHECKED enum status listener_open(struct listener *listener,
				  const struct http_settings *settings,
				  struct arena *arena, struct error *e);
void listener_close(struct listener *listener);

/*
 * The next connection; -1 if none is waiting.  *excess is set if the process
 * has no file left for it: the caller must refuse and close it at once.
 */
int listener_accept(struct listener *listener, bool *excess);

/* Reopens the spare, after an excess connection was closed. */
void listener_recover(struct listener *listener);

#endif

/* The socket that accepts connections. */
#ifndef HTTP_SERVER_LISTENER_H
#define HTTP_SERVER_LISTENER_H

#include "http/server/unix_socket.h"
#include "http/service/settings.h"
#include "util/error.h"

enum { PEER_SIZE = 46 }; /* an IPv6 address and its NUL */

struct listener {
	int fd;    /* -1: closed */
	int spare; /* a file to close when none is left: see listener_accept */
	struct unix_socket file; /* removed with it; path NULL: none */
	bool inherited;          /* from systemd, which keeps it open */
	bool is_public;          /* other machines can connect */
	const char *url; /* "http://127.0.0.1:8000", "unix:/x"; in the arena */
};

/*
 * Listens at the socket that systemd has opened (sd_listen_fds(3)), else at
 * the settings' Unix socket or address.  USAGE for an address that other
 * machines can connect to, unless there are tokens or --insecure; FAILED if it
 * cannot be opened.
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

/* Gets the address of a connection's client; "-" if it has none. */
void listener_peer(int fd, char peer[PEER_SIZE]);

#endif

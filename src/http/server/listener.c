#include "http/server/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/server/address.h"

enum { FIRST_INHERITED = 3 }; /* SD_LISTEN_FDS_START */

/* Without tokens, every client that can connect may do everything. */
static enum status judge_address(const union address *address,
				 const struct http_settings *settings,
				 struct arena *arena, struct error *e)
{
	if (address_is_loopback(address) || settings->token_file ||
	    settings->insecure)
		return OK;
	fail(e, USAGE,
	     "%s: every client that reaches it could change everything",
	     address_url(address, arena));
	error_hint(e, "use --token-file to serve only clients with a token, "
		      "or --insecure");
	return e->status;
}

static enum status open_address(struct listener *listener,
				const struct http_settings *settings,
				struct arena *arena, struct error *e)
{
	union address address;

	if (!address_read(settings->host, settings->port, &address)) {
		fail(e, USAGE, "--host %s is not an address", settings->host);
		error_hint(e, "write an IP address, such as 127.0.0.1 or ::1, "
			      "or localhost");
		return e->status;
	}
	if (judge_address(&address, settings, arena, e) != OK)
		return e->status;
	listener->fd = address_listen(&address);
	if (listener->fd >= 0)
		return OK;
	fail(e, FAILED, "cannot listen at %s: %s", address_url(&address, arena),
	     strerror(errno));
	error_hint(e, "--port 0 picks a port that is free");
	return e->status;
}

/* How many sockets systemd hands over to this process (sd_listen_fds(3)). */
static long count_inherited(void)
{
	const char *pid = getenv("LISTEN_PID");
	const char *fds = getenv("LISTEN_FDS");

	if (!pid || !fds || strtol(pid, NULL, 10) != (long)getpid())
		return 0;
	return strtol(fds, NULL, 10);
}

static bool is_listening(int fd)
{
	int value = 0, type = 0;
	socklen_t size = sizeof(value);

	return !getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) &&
	       value && !getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) &&
	       type == SOCK_STREAM;
}

static enum status take_inherited(struct listener *listener, long count,
				  const struct http_settings *settings,
				  struct arena *arena, struct error *e)
{
	const int fd = FIRST_INHERITED;
	union address address;

	if (count > 1)
		return fail(e, USAGE,
			    "systemd passed %ld sockets, but only one can be "
			    "served: use one ListenStream=",
			    count);
	if (!is_listening(fd) || !address_of(fd, &address))
		return fail(e, USAGE,
			    "the socket from systemd is not one of "
			    "ListenStream= with Accept=no");
	if (judge_address(&address, settings, arena, e) != OK)
		return e->status;
	if (fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK))
		return fail(e, FAILED, "cannot use systemd's socket: %s",
			    strerror(errno));
	listener->fd = fd;
	listener->inherited = true;
	return OK;
}

static enum status open_socket(struct listener *listener,
			       const struct http_settings *settings,
			       struct arena *arena, struct error *e)
{
	long inherited = count_inherited();

	if (inherited > 0)
		return take_inherited(listener, inherited, settings, arena, e);
	if (settings->unix_socket)
		return unix_socket_open(&listener->file, settings->unix_socket,
					&listener->fd, e);
	return open_address(listener, settings, arena, e);
}

enum status listener_open(struct listener *listener,
			  const struct http_settings *settings,
			  struct arena *arena, struct error *e)
{
	union address address;

	*listener = (struct listener){ .fd = -1, .spare = -1 };
	if (open_socket(listener, settings, arena, e) != OK)
		return e->status;
	if (!address_of(listener->fd, &address))
		return fail(e, FAILED, "the socket has no address: %s",
			    strerror(errno));
	listener->is_public = !address_is_loopback(&address);
	listener->url = address_url(&address, arena);
	listener_recover(listener);
	return OK;
}

void listener_close(struct listener *listener)
{
	/* systemd's is for the program that --reload starts, too. */
	if (listener->fd >= 0 && !listener->inherited)
		close(listener->fd);
	if (listener->spare >= 0)
		close(listener->spare);
	unix_socket_remove(&listener->file);
	listener->fd = listener->spare = -1;
}

void listener_recover(struct listener *listener)
{
	if (listener->spare < 0)
		listener->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static int take(struct listener *listener)
{
	return accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int listener_accept(struct listener *listener, bool *excess)
{
	const int on = 1;
	int fd = take(listener);

	*excess = false;
	/*
	 * Without a free file the connection would stay in the queue and wake
	 * the loop forever.  Closing the spare makes room to refuse it.
	 */
	if (fd < 0 && (errno == EMFILE || errno == ENFILE) &&
	    listener->spare >= 0) {
		close(listener->spare);
		listener->spare = -1;
		*excess = true;
		fd = take(listener);
	}
	/* Small answers are sent at once, without waiting for more data. */
	if (fd >= 0)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd;
}

void listener_peer(int fd, char peer[PEER_SIZE])
{
	union address address = { .any = { .sa_family = AF_UNSPEC } };
	socklen_t size = sizeof(address);
	const void *number = &address.v6.sin6_addr;

	snprintf(peer, PEER_SIZE, "-");
	if (getpeername(fd, &address.any, &size))
		return;
	if (address.any.sa_family == AF_INET)
		number = &address.v4.sin_addr;
	if (address.any.sa_family != AF_UNIX)
		inet_ntop(address.any.sa_family, number, peer, PEER_SIZE);
}

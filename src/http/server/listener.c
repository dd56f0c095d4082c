#include "http/server/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 511 };

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static socklen_t address_size(const union address *address)
{
	return address->any.sa_family == AF_INET ? sizeof(address->v4)
						 : sizeof(address->v6);
}

static bool is_loopback(const union address *address)
{
	if (address->any.sa_family == AF_INET)
		return ntohl(address->v4.sin_addr.s_addr) >> 24 == 127;
	return IN6_IS_ADDR_LOOPBACK(&address->v6.sin6_addr);
}

static bool read_address(const char *host, union address *address)
{
	memset(address, 0, sizeof(*address));
	if (!strcmp(host, "localhost"))
		host = "127.0.0.1";
	address->any.sa_family = AF_INET;
	if (inet_pton(AF_INET, host, &address->v4.sin_addr) == 1)
		return true;
	address->any.sa_family = AF_INET6;
	return inet_pton(AF_INET6, host, &address->v6.sin6_addr) == 1;
}

/* Without authentication, every client that can connect may do everything. */
static enum status judge_address(const struct http_settings *settings,
				 union address *address, struct error *e)
{
	if (settings->port < 0 || settings->port > 65535)
		return fail(e, USAGE, "--port %d is not between 0 and 65535",
			    settings->port);
	if (!read_address(settings->host, address))
		return fail(e, USAGE, "--host %s is not an address",
			    settings->host);
	if (!is_loopback(address)) {
		fail(e, USAGE,
		     "--host %s: every client that reaches it could change "
		     "everything, so only 127.0.0.1, ::1 and localhost are "
		     "served",
		     settings->host);
		error_hint(e, "a reverse proxy on this machine can let "
			      "others in");
		return e->status;
	}
	if (address->any.sa_family == AF_INET)
		address->v4.sin_port = htons((uint16_t)settings->port);
	else
		address->v6.sin6_port = htons((uint16_t)settings->port);
	return OK;
}

static int open_socket(const union address *address)
{
	const int on = 1;
	int fd = socket(address->any.sa_family,
			SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int error;

	if (fd < 0)
		return -1;
	if (!setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) &&
	    !bind(fd, &address->any, address_size(address)) &&
	    !listen(fd, BACKLOG))
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

static int bound_port(int fd)
{
	union address address = { .v6 = { .sin6_family = AF_INET6 } };
	socklen_t size = sizeof(address);

	if (getsockname(fd, &address.any, &size))
		return 0;
	return ntohs(address.any.sa_family == AF_INET ? address.v4.sin_port
						      : address.v6.sin6_port);
}

static const char *make_url(const union address *address, const char *host,
			    int port, struct arena *arena)
{
	if (address->any.sa_family == AF_INET6)
		return arena_printf(arena, "http://[%s]:%d", host, port);
	return arena_printf(arena, "http://%s:%d", host, port);
}

enum status listener_open(struct listener *listener,
			  const struct http_settings *settings,
			  struct arena *arena, struct error *e)
{
	union address address = { .v6 = { .sin6_family = AF_INET6 } };

	listener->fd = listener->spare = -1;
	if (judge_address(settings, &address, e) != OK)
		return e->status;
	listener->fd = open_socket(&address);
	if (listener->fd < 0) {
		fail(e, FAILED, "cannot listen at %s: %s",
		     make_url(&address, settings->host, settings->port, arena),
		     strerror(errno));
		error_hint(e, "--port 0 picks a port that is free");
		return e->status;
	}
	listener->url = make_url(&address, settings->host,
				 bound_port(listener->fd), arena);
	listener_recover(listener);
	return OK;
}

void listener_close(struct listener *listener)
{
	if (listener->fd >= 0)
		close(listener->fd);
	if (listener->spare >= 0)
		close(listener->spare);
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

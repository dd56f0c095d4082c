#include "http/server/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { BACKLOG = 511 };

bool address_read(const char *host, int port, union address *address)
{
	in_port_t number = htons((uint16_t)port);

	memset(address, 0, sizeof(*address));
	if (!strcmp(host, "localhost"))
		host = "127.0.0.1";
	address->any.sa_family = AF_INET;
	address->v4.sin_port = number;
	if (inet_pton(AF_INET, host, &address->v4.sin_addr) == 1)
		return true;
	address->any.sa_family = AF_INET6;
	address->v6.sin6_port = number;
	return inet_pton(AF_INET6, host, &address->v6.sin6_addr) == 1;
}

bool address_of(int fd, union address *address)
{
	socklen_t size = sizeof(*address);

	memset(address, 0, sizeof(*address));
	return !getsockname(fd, &address->any, &size);
}

bool address_is_loopback(const union address *address)
{
	switch (address->any.sa_family) {
	case AF_INET:
		return ntohl(address->v4.sin_addr.s_addr) >> 24 == 127;
	case AF_INET6:
		return IN6_IS_ADDR_LOOPBACK(&address->v6.sin6_addr);
	default:
		return address->any.sa_family == AF_UNIX;
	}
}

static socklen_t address_size(const union address *address)
{
	switch (address->any.sa_family) {
	case AF_INET:
		return sizeof(address->v4);
	case AF_INET6:
		return sizeof(address->v6);
	default:
		return sizeof(address->un);
	}
}

int address_listen(const union address *address)
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

const char *address_url(const union address *address, struct arena *arena)
{
	char text[INET6_ADDRSTRLEN] = "";

	switch (address->any.sa_family) {
	case AF_INET:
		inet_ntop(AF_INET, &address->v4.sin_addr, text, sizeof(text));
		return arena_printf(arena, "http://%s:%d", text,
				    ntohs(address->v4.sin_port));
	case AF_INET6:
		inet_ntop(AF_INET6, &address->v6.sin6_addr, text, sizeof(text));
		return arena_printf(arena, "http://[%s]:%d", text,
				    ntohs(address->v6.sin6_port));
	default:
		return arena_printf(arena, "unix:%.*s",
				    (int)sizeof(address->un.sun_path),
				    address->un.sun_path);
	}
}

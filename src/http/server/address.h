/* Addresses of sockets: TCP's and the file system's. */
#ifndef HTTP_SERVER_ADDRESS_H
#define HTTP_SERVER_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "util/arena.h"

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_un un;
};

/* Reads an IPv4 or IPv6 address, or localhost; false for other text. */
bool address_read(const char *host, int port, union address *address);

/* Gets the address of a socket; false if that fails. */
bool address_of(int fd, union address *address);

bool address_is_loopback(const union address *address);

/* Opens a socket that listens at the address; -1 with errno if it cannot. */
int address_listen(const union address *address);

/* "http://127.0.0.1:8000" or "unix:/run/x.sock", in arena. */
const char *address_url(const union address *address, struct arena *arena);

#endif

/* A Unix socket as a file: made, and removed again. */
#ifndef HTTP_SERVER_UNIX_SOCKET_H
#define HTTP_SERVER_UNIX_SOCKET_H

#include <sys/types.h>

#include "util/error.h"

struct unix_socket {
	const char *path; /* NULL: none */
	dev_t device;
	ino_t inode; /* of the file that was made */
};

/*
 * Listens at path, whose file its owner and group may connect to.  A socket
 * that a process has left behind is replaced.  FAILED where another process
 * listens at it, or it is a file of another kind.
 */
CHECKED enum status unix_socket_open(struct unix_socket *file, const char *path,
				     int *fd, struct error *e);

/* Removes the file, if it still is the one that was made. */
void unix_socket_remove(struct unix_socket *file);

#endif

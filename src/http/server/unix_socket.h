/* Creates and removes the file of a Unix socket. */
#ifndef HTTP_SERVER_UNIX_SOCKET_H
#define HTTP_SERVER_UNIX_SOCKET_H

#include <sys/types.h>

#include "util/error.h"

struct unix_socket {
	const char *path; /* NULL: none */
	dev_t device;
	ino_t inode; /* of the file that was created */
};

/*
 * Listens at path; the owner and the group of the file may connect.  Replaces a
 * socket that a process left behind.  FAILED if another process listens at it,
 * or if it is a file of another kind.
 */
CHECKED enum status unix_socket_open(struct unix_socket *file, const char *path,
				     int *fd, struct error *e);

/* Removes the file, if it still is the one that was created. */
void unix_socket_remove(struct unix_socket *file);

#endif

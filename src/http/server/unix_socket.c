#include "http/server/unix_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/server/address.h"

/*
 * Locks the folder of path, so that of two processes that find a stale socket
 * neither removes the new one of the other.  -1 if it cannot be opened: then
 * bind reports why.
 */
static int lock_folder(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');
	const char *folder = "/";
	int fd;

	if (!slash)
		folder = ".";
	else if (slash > path)
		folder = arena_copy_n(arena, path, (size_t)(slash - path));
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		flock(fd, LOCK_EX);
	return fd;
}

/* Whether a process accepts connections there. */
static bool is_served(const union address *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	bool served;

	if (fd < 0)
		return true;
	/* EAGAIN: its queue is full. */
	served = !connect(fd, &address->any, sizeof(address->un)) ||
		 errno != ECONNREFUSED;
	close(fd);
	return served;
}

/* Removes a socket that a process left behind. */
static enum status remove_stale(const union address *address, struct error *e)
{
	const char *path = address->un.sun_path;
	struct stat status;

	if (lstat(path, &status))
		return OK; /* bind reports what is wrong */
	if (!S_ISSOCK(status.st_mode))
		return fail(e, FAILED, "%s exists and is not a socket", path);
	if (is_served(address))
		return fail(e, FAILED, "another process listens at %s", path);
	if (unlink(path))
		return fail(e, FAILED, "cannot replace %s: %s", path,
			    strerror(errno));
	return OK;
}

/* The group may connect as well: a proxy can be put into it. */
static int listen_at(const union address *address)
{
	mode_t mask = umask(S_IXUSR | S_IXGRP | S_IRWXO);
	int fd = address_listen(address);

	umask(mask);
	return fd;
}

/* Listens at the address of path, whose folder is locked. */
static enum status take_path(struct unix_socket *file, const char *path,
			     const union address *address, int *fd,
			     struct error *e)
{
	struct stat status;

	if (remove_stale(address, e) != OK)
		return e->status;
	*fd = listen_at(address);
	if (*fd < 0 || lstat(path, &status))
		return fail(e, FAILED, "cannot listen at %s: %s", path,
			    strerror(errno));
	*file = (struct unix_socket){ path, status.st_dev, status.st_ino };
	return OK;
}

enum status unix_socket_open(struct unix_socket *file, const char *path,
			     int *fd, struct error *e)
{
	union address address = { .un = { .sun_family = AF_UNIX } };
	enum status status;
	int folder;
	ARENA(arena);

	if (strlen(path) >= sizeof(address.un.sun_path))
		return fail(e, USAGE,
			    "--unix %s is longer than the %zu bytes that a "
			    "socket's path may have",
			    path, sizeof(address.un.sun_path) - 1);
	memcpy(address.un.sun_path, path, strlen(path) + 1);
	folder = lock_folder(path, &arena);
	status = take_path(file, path, &address, fd, e);
	if (folder >= 0)
		close(folder);
	return status;
}

void unix_socket_remove(struct unix_socket *file)
{
	struct stat status;

	if (file->path && !lstat(file->path, &status) &&
	    status.st_dev == file->device && status.st_ino == file->inode)
		unlink(file->path);
	file->path = NULL;
}

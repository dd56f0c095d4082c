#include "shell/line/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/files.h"

static enum status fail_output(const struct output_target *target,
			       struct error *e)
{
	if (errno == EINTR)
		return fail(e, INTERRUPTED, "interrupted");
	return fail(e, FAILED, "--output %s: %s", target->name,
		    strerror(errno));
}

/* A new file next to path, with the permissions of the one it will replace. */
static bool make_temporary(struct output_target *target, const struct stat *old,
			   struct arena *arena)
{
	target->temporary = arena_printf(arena, "%s.%ld.tmp", target->path,
					 (long)getpid());
	target->fd = open(target->temporary,
			  O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  old ? 0600 : 0666);
	if (target->fd < 0)
		return false;
	/* Only root may change the owner; others may still set the group. */
	if (old && fchown(target->fd, old->st_uid, old->st_gid) < 0 &&
	    fchown(target->fd, (uid_t)-1, old->st_gid) < 0)
		errno = 0;
	return !old || fchmod(target->fd, old->st_mode & 07777) == 0;
}

/* The standard descriptor that is open on this file (/dev/stdout may be a
   file); -1: none. */
static int find_standard(const struct stat *file)
{
	struct stat open;

	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
		if (fstat(fd, &open) == 0 && open.st_dev == file->st_dev &&
		    open.st_ino == file->st_ino)
			return fd;
	return -1;
}

static bool open_end(struct output_target *target)
{
	target->fd = open(target->path, O_WRONLY | O_APPEND | O_CLOEXEC);
	if (target->fd < 0)
		return false;
	target->start = lseek(target->fd, 0, SEEK_END);
	return target->start >= 0;
}

enum status output_target_open(struct output_target *target, const char *name,
			       bool append, struct arena *arena,
			       struct error *e)
{
	struct stat old;
	bool exists;
	int standard;

	*target = (struct output_target){ .fd = STDOUT_FILENO };
	if (!name || strcmp(name, "-") == 0)
		return OK;
	target->name = name;
	exists = stat(name, &old) == 0;
	standard = exists ? find_standard(&old) : -1;
	if (standard >= 0 || (exists && !S_ISREG(old.st_mode))) {
		target->fd = standard >= 0 ? fcntl(standard, F_DUPFD_CLOEXEC, 3)
					   : open(name, O_WRONLY | O_CLOEXEC);
		return target->fd >= 0 ? OK : fail_output(target, e);
	}
	target->path = file_resolve(name, arena);
	if (exists && access(target->path, W_OK) < 0)
		return fail_output(target, e);
	return (append && exists
			? open_end(target)
			: make_temporary(target, exists ? &old : NULL, arena))
		       ? OK
		       : fail_output(target, e);
}

enum status output_target_close(struct output_target *target,
				enum status status, struct error *e)
{
	if (!target->name)
		return status;
	if (target->path && !target->temporary && status != OK &&
	    ftruncate(target->fd, target->start) < 0)
		errno = 0;
	if (close(target->fd) < 0 && status == OK)
		status = fail_output(target, e);
	if (!target->temporary)
		return status;
	if (status == OK && rename(target->temporary, target->path) < 0)
		status = fail_output(target, e);
	if (status != OK)
		unlink(target->temporary);
	return status;
}

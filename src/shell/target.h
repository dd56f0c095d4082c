/*
 * Where a command's result goes: standard output, or the file of --output,
 * which is replaced only once the result is whole.
 */
#ifndef SHELL_TARGET_H
#define SHELL_TARGET_H

#include <stdbool.h>
#include <sys/types.h>

#include "util/error.h"

struct target {
	int fd;
	const char *name;      /* as the user wrote it; NULL: none */
	const char *path;      /* the file that is replaced; NULL: none */
	const char *temporary; /* what fd writes until then; NULL: path's end */
	off_t start;           /* of what is appended there */
};

/*
 * Opens the target that --output names (NULL and "-": standard output); its
 * texts live in arena.  USAGE where that would write over the database at
 * url.  A symbolic link is followed; what is no regular file (a FIFO, a
 * device) is written as it is.  append keeps what a regular file has.
 */
CHECKED enum status target_open(struct target *target, const char *name,
				bool append, const char *url,
				struct arena *arena, struct error *e);

/*
 * Closes it.  status is the command's: a file takes the place of the old one,
 * with its mode and owner, only if that is OK; else what was appended is cut
 * off again.
 */
CHECKED enum status target_close(struct target *target, enum status status,
				 struct error *e);

#endif

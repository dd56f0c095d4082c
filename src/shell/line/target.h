/*
 * Where a command's result goes: standard output, or the file of --output,
 * which is replaced only once the result is complete.
 */
#ifndef SHELL_LINE_TARGET_H
#define SHELL_LINE_TARGET_H

#include <stdbool.h>
#include <sys/types.h>

#include "util/error.h"

struct output_target {
	int fd;
	const char *name; /* as the user wrote it; NULL: none */
	const char *path; /* the file to replace or append to; NULL: none */
	const char *temporary; /* the file to rename to path; NULL: appends */
	off_t start;           /* where the appended part begins */
};

/*
 * Opens the target that --output names (NULL and "-": standard output); its
 * texts live in arena.  Follows a symbolic link; writes directly to a FIFO or a
 * device.  append keeps the contents of a regular file.
 */
CHECKED enum status output_target_open(struct output_target *target,
				       const char *name, bool append,
				       struct arena *arena, struct error *e);

/*
 * Closes it.  If the command's status is OK, replaces the file, keeping its
 * mode and owner; else leaves the old file, and removes what was appended.
 */
CHECKED enum status output_target_close(struct output_target *target,
					enum status status, struct error *e);

#endif

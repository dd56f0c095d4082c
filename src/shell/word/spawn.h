/* Commands of the shell, run by /bin/sh. */
#ifndef SHELL_WORD_SPAWN_H
#define SHELL_WORD_SPAWN_H

#include <sys/types.h>

#include "shell/line/session.h"

/* Starts a command that reads from input, and has the terminal's signals as
   they are by default. */
CHECKED enum status spawn_shell(const char *command, int input, pid_t *out,
				struct error *e);

/* Waits for it, and returns its status as waitpid does. */
int spawn_status(pid_t child);

/*
 * Waits for it.  In a script, FAILED if its exit status is not 0 although
 * status, of the command that wrote to it, is OK; at the prompt its own
 * messages suffice.
 */
CHECKED enum status spawn_wait(const struct session *session,
			       const char *command, pid_t child,
			       enum status status, struct error *e);

#endif

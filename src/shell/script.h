/* Commands from a text or a file: -c, -f, and standard input. */
#ifndef SHELL_SCRIPT_H
#define SHELL_SCRIPT_H

#include <stdio.h>

#include "shell/session.h"

/*
 * Runs the commands of text; stops at the first that fails, unless
 * --keep-going.  Gives the first failure.
 */
enum status script_run(struct session *session, const char *text);

/* The same line by line; name is for messages ("file:3: "). */
enum status script_run_file(struct session *session, FILE *file,
			    const char *name);

#endif

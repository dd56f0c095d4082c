/* Runs commands from a text or a file: -c, -f, and standard input. */
#ifndef SHELL_WORD_SCRIPT_H
#define SHELL_WORD_SCRIPT_H

#include <stdio.h>

#include "shell/line/session.h"

/*
 * Runs the commands in text; stops at the first failure, unless --keep-going.
 * Returns the status of the first failure.
 */
enum status script_run(struct session *session, const char *text);

/* The same for a file, line by line; name begins messages ("file:3: "). */
enum status script_run_file(struct session *session, FILE *file,
			    const char *name);

#endif

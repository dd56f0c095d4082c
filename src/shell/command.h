/* One command, from its words to its exit status. */
#ifndef SHELL_COMMAND_H
#define SHELL_COMMAND_H

#include "shell/session.h"

/*
 * Runs the command that words say and tells what went wrong, if anything
 * did.  No words: nothing is done.
 */
enum status command_run(struct session *session, const char *const *words,
			size_t nwords);

/* taskmgr --version */
enum status command_version(void);

/* "taskmgr __complete WORDS…": candidates, one a line, never an error. */
void command_complete(struct session *session, const char *const *words,
		      size_t nwords);

#endif

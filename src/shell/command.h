/* One command, from its words to its exit status. */
#ifndef SHELL_COMMAND_H
#define SHELL_COMMAND_H

#include "shell/invocation.h"

/* Runs a command that was read, and reports its error, if any. */
enum status command_invoke(struct session *session,
			   struct invocation *invocation, struct arena *arena);

/*
 * The same for the words of a command in a session.  No words: nothing is done.
 * The command may begin with the program's name, as hints and
 * examples do, and exit sets session->left.
 */
enum status command_run(struct session *session, const char *const *words,
			size_t nwords);

/* The words of a session's command without the program's name. */
const char *const *command_words(const char *const *words, size_t *nwords);

/* taskmgr --version */
enum status command_version(const struct session *session);

/* "taskmgr __complete WORDS…": candidates, one a line, never an error. */
void command_complete(struct session *session, const char *const *words,
		      size_t nwords);

#endif

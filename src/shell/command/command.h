/* One command: from its words to its exit status. */
#ifndef SHELL_COMMAND_COMMAND_H
#define SHELL_COMMAND_COMMAND_H

#include "shell/line/invocation.h"

/* Runs a command that was read, and prints its error, if any. */
enum status command_invoke(struct session *session,
			   struct invocation *invocation, struct arena *arena);

/*
 * The same for the words of a command in a session; without words does nothing.
 * "exit" sets session->left.
 */
enum status command_run(struct session *session, const char *const *words,
			size_t nwords);

/* The words of a session's command, without the program's name, which it may
   begin with, as in hints and examples. */
const char *const *command_words(const char *const *words, size_t *nwords);

/* Prints the version and licence. */
enum status command_version(struct session *session);

/* Prints completion candidates for the last of words, one per line; errors
   print nothing. */
void command_complete(struct session *session, const char *const *words,
		      size_t nwords);

#endif

/*
 * The commands of a session, at the prompt or in a script: its own words (set,
 * use, read …), operations, and where their result goes.
 */
#ifndef SHELL_WORD_COMMANDS_H
#define SHELL_WORD_COMMANDS_H

#include "shell/line/session.h"

/* Runs the next command in *text, moves *text after it, and prints its
   error. */
enum status commands_run_next(struct session *session, const char **text);

/* The same for the words of one command. */
enum status commands_run_words(struct session *session,
			       const char *const *words, size_t nwords,
			       struct arena *arena);

#endif

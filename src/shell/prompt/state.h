/* What the prompt shows of a session: its database and its state. */
#ifndef SHELL_PROMPT_STATE_H
#define SHELL_PROMPT_STATE_H

#include <stdio.h>

#include "shell/line/session.h"

struct prompt {
	const char *first;  /* "taskmgr> " */
	const char *second; /* of the same width, for a continued command */
	FILE *marks;        /* where mark.h's go; NULL: none */
};

/*
 * "taskmgr> "; in parentheses the database, unless it is the default one, and
 * read-only, dry-run and pending, if there are revisions to run; * at its end
 * in a transaction.  In arena; leaves marks to the caller.
 */
void state_prompt(struct session *session, struct arena *arena,
		  struct prompt *out);

/* The line at the start of a session; in arena. */
const char *state_greeting(struct session *session, struct arena *arena);

#endif

/* Where a command's result goes: > FILE, >> FILE, >| FILE, | COMMAND. */
#ifndef SHELL_WORD_OUTLET_H
#define SHELL_WORD_OUTLET_H

#include <sys/types.h>

#include "shell/line/session.h"
#include "shell/line/words.h"

struct outlet_state {
	enum outlet outlet;
	const char *target;
	/* The session's own, saved: */
	const char *output;
	bool has_output;
	int standard; /* standard output, saved while it is a pipe */
	pid_t child;
};

/* How the outlet is written: ">". */
const char *outlet_sign(enum outlet outlet);

/* Makes what the session prints go to the outlet of words; USAGE if > would
   overwrite a file. */
CHECKED enum status outlet_open(struct outlet_state *state,
				struct session *session,
				const struct command_words *words,
				struct error *e);

/*
 * Ends it after a command that ended with this status, and waits for the
 * shell's command.  In a script FAILED if that failed and the other did not.
 */
CHECKED enum status outlet_close(struct outlet_state *state,
				 struct session *session, enum status status,
				 struct error *e);

#endif

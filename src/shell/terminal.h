/* The person at the other end: notes, errors, questions, colour, width. */
#ifndef SHELL_TERMINAL_H
#define SHELL_TERMINAL_H

#include "catalog/settings.h"

struct session;

/* A context's note and its question; door is the session. */
void terminal_note(void *door, const char *line);
const char *terminal_ask(void *door, const char *question, struct arena *arena);

/* Whether there is somebody to ask. */
bool terminal_can_ask(const struct settings *settings);

/*
 * Writes an error to standard error: "taskmgr: user show: …", a line for each
 * problem, its detail, and a hint.  what is the command, or "".  Nothing for
 * CLOSED.
 */
void terminal_error(const struct session *session, const char *what,
		    const struct error *e);

/* How results are to look on fd; USAGE for a width that is none. */
CHECKED enum status terminal_options(const struct settings *settings, int fd,
				     struct output_options *out,
				     struct error *e);

#endif

/* Talks to the user: notes, errors, questions, colour, width. */
#ifndef SHELL_LINE_TERMINAL_H
#define SHELL_LINE_TERMINAL_H

#include "catalog/settings.h"

struct session;

/* The note and ask functions of a context; door is the session. */
void terminal_note(void *door, const char *line);
const char *terminal_ask(void *door, const char *question, struct arena *arena);

/* Whether the terminal can neither move its cursor nor show colours. */
bool terminal_is_dumb(void);

/* Whether what is written, to a terminal or not, is to have colours. */
bool terminal_has_colour(const struct settings *settings, bool terminal);

/* A context's progress display, and whether it may be shown. */
void terminal_progress(void *door, const char *line);
bool terminal_shows_progress(const struct settings *settings);

/* Whether questions can be asked: a terminal, and no --no-input. */
bool terminal_can_ask(const struct settings *settings);

/*
 * Writes an error to standard error: "taskmgr: user show: …", a line for each
 * problem, its detail, and a hint.  what is the command, or "".  Prints nothing
 * for CLOSED.
 */
void terminal_error(const struct session *session, const char *what,
		    const struct error *e);

/* The output options for results on fd; USAGE for an invalid --width. */
CHECKED enum status terminal_options(const struct settings *settings, int fd,
				     struct output_options *out,
				     struct error *e);

#endif

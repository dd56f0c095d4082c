/*
 * What the prompt shows while a command is typed: colours, the reason why a
 * value would be refused, below the line, and a suggestion from the history.
 * It is painted over what readline has drawn; readline knows nothing of it.
 */
#ifndef SHELL_PROMPT_PAINT_H
#define SHELL_PROMPT_PAINT_H

#include "shell/line/session.h"

/* Installs the functions for readline. */
void paint_start(struct session *session);

/* Call before each line: reads the settings, and forgets what was looked up.
   The second line of a command is not painted, as its first is not known. */
void paint_begin(bool second);

/* Removes what readline would not: call before it reads a key. */
void paint_key(void);

/* The size of the terminal has changed: most terminals have folded the line
   again.  It is drawn with the next key or paint_rest. */
void paint_resize(void);

/* How long to wait for a key, in milliseconds, before paint_rest; -1: it need
   not be called. */
int paint_wait(void);

/* The user has stopped typing or resizing: judges the word at the cursor, too. */
void paint_rest(void);

#endif

/*
 * Marks where a prompt, its command and its output begin and end, by which a
 * terminal jumps between commands: FinalTerm's OSC 133, as iTerm2, kitty,
 * WezTerm and VTE have it.
 */
#ifndef SHELL_PROMPT_MARK_H
#define SHELL_PROMPT_MARK_H

#include <stdio.h>

#include "shell/line/session.h"

/* The stream if its terminal gets marks: it is not a dumb one, and the setting
   marks is on; else NULL.  Call while the settings of the prompt hold. */
FILE *mark_stream(const struct session *session, FILE *stream);

/* Writes a mark to such a stream, or nothing to NULL. */
void mark_prompt(FILE *stream);
void mark_input(FILE *stream);
void mark_output(FILE *stream);
void mark_end(FILE *stream, enum status status);

#endif

/*
 * The history file, shared by concurrent sessions: each appends its commands,
 * and no session's are lost.
 */
#ifndef SHELL_WORD_HISTORY_H
#define SHELL_WORD_HISTORY_H

#include "util/arena.h"

/* Reads the file, and returns its path in arena; NULL: there is none to
   keep. */
const char *history_open(struct arena *arena);

/*
 * Adds a command of one or more lines, and appends it to the file at path, if
 * that is not NULL.  Skips an empty command, one equal to the last, and one
 * that begins with a blank.
 */
void history_keep(const char *path, const char *line);

/* Removes the oldest entries of a file that has grown long. */
void history_trim(const char *path);

#endif

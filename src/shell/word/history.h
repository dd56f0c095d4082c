/*
 * The history file, which sessions that run at the same time share: each
 * appends its commands, and none loses another's.
 */
#ifndef SHELL_WORD_HISTORY_H
#define SHELL_WORD_HISTORY_H

#include "util/arena.h"

/* Reads the file, and returns its path in arena; NULL: there is none to
   keep. */
const char *history_open(struct arena *arena);

/*
 * Adds a command of one or more lines, and appends it to the file at path, if
 * that is not NULL.  Not blank ones, the same one twice in a row, and those
 * that begin with a blank.
 */
void history_keep(const char *path, const char *line);

/* Removes the oldest entries of a file that has grown long. */
void history_trim(const char *path);

#endif

/* Lays help out in the 80 columns of a terminal. */
#ifndef DESCRIBE_LAY_OUT_H
#define DESCRIBE_LAY_OUT_H

#include <stddef.h>

#include "util/buffer.h"

enum {
	HELP_LEFT = 28, /* where the right column begins */
	HELP_WIDTH = 79,
};

/*
 * All show control characters, which names and comments of a schema may hold.
 *
 * Adds words separated by blanks, the first at column `at`; those that would
 * cross HELP_WIDTH go on a new line, at column indent.
 */
void help_add_words(struct buffer *out, const char *text, size_t at,
		    size_t indent);

/* "  left       right", the right from column `column` on, in as many lines as
   it needs. */
void help_add_row(struct buffer *out, const char *left, const char *right,
		  size_t column);

/*
 * "  taskmgr COMMAND"; a long one goes on after a backslash, where a shell
 * allows it.
 */
void help_add_example(struct buffer *out, const char *command);

#endif

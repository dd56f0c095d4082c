/*
 * Words of a command as a shell splits them: blanks apart, 'literal',
 * "with \" and \\", \x outside; ; and newline end a command, # begins a
 * comment.  Nothing is expanded.
 */
#ifndef SHELL_WORDS_H
#define SHELL_WORDS_H

#include <stdbool.h>

#include "util/error.h"

struct words {
	const char **items;
	size_t count;
};

/*
 * Reads one command from *text and moves *text behind it.  USAGE for a quote
 * that isn't closed: with open, *open is set, as more text may close it.
 */
CHECKED enum status words_split(const char **text, struct arena *arena,
				struct words *out, bool *open, struct error *e);

#endif

/*
 * Words of a command as a shell splits them: blanks apart, 'literal',
 * "with \" and \\", \x outside; ; and newline end a command, # begins a
 * comment, and a newline after \ is skipped.  Nothing is expanded.
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
 * Reads one command from *text and moves *text after it.  *open is set where
 * more lines may belong to it: after a newline that \ skips, which is no
 * error, and for a quote that isn't closed, which is USAGE.
 */
CHECKED enum status words_split(const char **text, struct arena *arena,
				struct words *out, bool *open, struct error *e);

/* Whether the last command of text is not complete: more lines belong to it. */
bool words_go_on(const char *text);

#endif

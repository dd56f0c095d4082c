/*
 * Splits a command into words like a shell: at blanks; 'literal', "with \" and
 * \\", \x outside quotes; ; and newline end a command, # begins a comment, and
 * a newline after \ is skipped.  Nothing is expanded.
 *
 * SQL after "sql" and its options needs no quotes: it is one word, up to the
 * semicolon that ends its statement or an option, such as --json.  A command
 * that begins with SELECT or the like gets the word "sql" before it.
 *
 * Words of their own, without quotes, decide where the result goes: > FILE,
 * >> FILE, >| FILE, and | followed by a command for the shell.  At the start of
 * a command ! makes it one for the shell, and \ stays before a letter, so that
 * \q is a word.  A command for the shell ends where any other does, and keeps
 * its quotes.
 */
#ifndef SHELL_LINE_WORDS_H
#define SHELL_LINE_WORDS_H

#include <stdbool.h>

#include "util/error.h"

enum outlet {
	OUTLET_NONE,
	OUTLET_FILE,    /* > creates the file */
	OUTLET_APPEND,  /* >> */
	OUTLET_REPLACE, /* >| */
	OUTLET_PIPE,    /* | */
};

struct command_words {
	const char **items;
	size_t count;
	bool sql;         /* the last is SQL without quotes, which may go on */
	bool implied;     /* the word "sql" was not written */
	const char *text; /* the items as they were written, in the arena */
	enum outlet outlet;
	const char *target; /* the outlet's file or shell command; or NULL */
	/* If the command may continue, what a line must have to end it: ";" in
	   SQL, the quote that is open, "" after a newline that \ skips; or
	   NULL. */
	const char *open;
};

/*
 * Reads one command from *text and moves *text after it.  USAGE if a quote is
 * open, and for a word after > FILE.
 */
CHECKED enum status command_words_split(const char **text, struct arena *arena,
					struct command_words *out,
					struct error *e);

/* The same, but what SQL begins with is a word like any other. */
CHECKED enum status command_words_split_plain(const char **text,
					      struct arena *arena,
					      struct command_words *out,
					      struct error *e);

/* What the last command in text is open for (struct command_words). */
const char *command_words_open(const char *text);

/* Whether a command that is open may end in this line; open is what
   command_words_open has returned for the lines before it. */
bool command_words_may_end(const char *open, const char *line);

#endif

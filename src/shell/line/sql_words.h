/*
 * SQL among a command's words, without quotes: it is one word, up to the
 * semicolon that ends its statement or an option, such as --json.  Private to
 * words.c.
 */
#ifndef SHELL_LINE_SQL_WORDS_H
#define SHELL_LINE_SQL_WORDS_H

#include "shell/line/words.h"

/* Whether text is SQL: after "sql" and its options, or a command that begins
   with SELECT or the like. */
bool sql_words_next(const struct command_words *words, const char *text);

/* Takes the SQL, adding "sql" before it if that is missing; true if its
   semicolon ended the command. */
bool sql_words_take(const char **text, struct arena *arena,
		    struct command_words *out);

#endif

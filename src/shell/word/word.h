/* The session's own words; private to shell/word. */
#ifndef SHELL_WORD_WORD_H
#define SHELL_WORD_WORD_H

#include "shell/line/session.h"

/* One of them with its arguments. */
struct word_call {
	struct session *session;
	struct arena *arena;
	const char *const *words; /* the first is the word itself */
	size_t nwords;
};

/* Does what the word says; commands_run prints the error, unless it has no
   message, having been printed. */
typedef enum status run_word(const struct word_call *call, struct error *e);

run_word word_set, word_timing, word_use, word_read, word_history, word_shell,
	word_sql, word_watch, word_edit, word_begin, word_commit, word_rollback;

/* USAGE if anything follows the word. */
CHECKED enum status word_alone(const struct word_call *call, struct error *e);

/* USAGE, with what has to follow it. */
CHECKED enum status word_usage(const struct word_call *call, struct error *e);

/* The word's only argument, NULL if there is none; USAGE for more. */
CHECKED enum status word_argument(const struct word_call *call,
				  const char **out, struct error *e);

/* The same, but USAGE for none. */
CHECKED enum status word_need_argument(const struct word_call *call,
				       const char **out, struct error *e);

#endif

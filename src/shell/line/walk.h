/* A command's words before its operation is known; private to invocation. */
#ifndef SHELL_LINE_WALK_H
#define SHELL_LINE_WALK_H

#include "shell/line/invocation.h"

/* What an option is: the command's own, or the program's, or neither. */
struct choice {
	const struct parameter *parameter; /* of either; NULL: neither */
	const struct setting *setting;     /* NULL: the command's own */
	bool negated;                      /* --no-completed */
};

/* An option by its name or letter; operation may be NULL. */
struct choice choose_name(const struct operation *operation, const char *name);
struct choice choose_letter(const struct operation *operation, char letter);
bool takes_value(struct choice choice);

/* -1 is a word (db downgrade -1); so are - alone, and an SQL comment. */
bool is_option(const char *word);

/* Whether it is --, which ends the options. */
bool is_end(const struct invocation_item *item);

/* A way through the items that stops at plain words. */
struct walk {
	const struct invocation *invocation;
	const struct operation *operation; /* whose options they are */
	size_t at;
	bool ended;  /* -- was met */
	bool maybe;  /* the word may be the value of an unknown option */
	bool starts; /* an option selects how taskmgr starts */
};

/* The next plain word, or NULL. */
const struct invocation_item *next_plain(struct walk *walk);

/*
 * The command among the words.  Options may come before it, and only the
 * command knows which of them take a value: returns the first command that
 * agrees with its own options. *likely: one that does not, for errors.
 */
const struct operation *find_command(const struct catalog *catalog,
				     const struct invocation *invocation,
				     const struct operation **likely);

#endif

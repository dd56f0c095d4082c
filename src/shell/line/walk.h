/* A command's words before its operation is known; private to invocation. */
#ifndef SHELL_LINE_WALK_H
#define SHELL_LINE_WALK_H

#include "catalog/choice.h"
#include "shell/line/invocation.h"

/* Whether it is --, which ends the options. */
bool is_end(const struct invocation_item *item);

/* Steps through the items, from one plain word to the next. */
struct walk {
	const struct invocation *invocation;
	const struct operation *operation; /* whose options they are */
	size_t at;
	bool ended; /* -- was met */
	bool maybe; /* the word may be the value of an unknown option */
	const struct setting *starts; /* the first that only starts taskmgr */
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

/* A command's words, sorted: noun, verb, options, arguments. */
#ifndef SHELL_INVOCATION_H
#define SHELL_INVOCATION_H

#include "shell/session.h"

/* -c or -f with its text; all of them are run, in this order. */
struct source {
	bool is_file;
	const char *text;
};

struct invocation {
	const char *noun, *verb;
	const struct operation *operation; /* NULL until both are known */
	struct pair *pairs;
	size_t npairs;
	const char **words;
	size_t nwords;
	const char *data; /* what --data said, or NULL */
	struct source *sources;
	size_t nsources;
};

/*
 * The first word that is no option: which catalog the command needs is told
 * by it alone.  NULL if there is none.
 */
const char *invocation_noun(const char *const *words, size_t nwords);

/*
 * Whether an option before the command starts taskmgr in a way that leaves no
 * room for one: -c, -f, --serve.
 */
bool invocation_starts(const char *const *words, size_t nwords);

/* "user list", as far as words say it: for errors before they are sorted. */
const char *invocation_title(const char *const *words, size_t nwords,
			     struct arena *arena);

/*
 * Sorts words.  Options of the whole program go into session->current.  USAGE
 * for an option or a command that isn't.
 */
CHECKED enum status invocation_parse(struct session *session,
				     const char *const *words, size_t nwords,
				     struct arena *arena,
				     struct invocation *out, struct error *e);

#endif

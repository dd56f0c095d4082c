/*
 * Completes a command line: nouns, verbs, options, their values, and keys from
 * the database.
 */
#ifndef DESCRIBE_COMPLETE_H
#define DESCRIBE_COMPLETE_H

#include "catalog/catalog.h"

struct candidate {
	const char *text;        /* the whole word */
	const char *description; /* may be NULL */
};

struct candidates {
	struct candidate *items;
	size_t count;
	size_t lead; /* bytes of each that precede the part to be completed */
};

enum {
	COMPLETE_SESSION = 1,  /* also the words that only a session has */
	COMPLETE_ANY_CASE = 2, /* names in whatever case they are typed */
};

/*
 * Candidates for the last of words, which may be empty; those before it are
 * the command so far, without "taskmgr".  Reads context's database if it is
 * open.  Never fails: at worst there are none.
 */
void complete_words(const struct catalog *catalog, struct context *context,
		    const char *const *words, size_t nwords, unsigned flags,
		    struct arena *arena, struct candidates *out);

#endif

/*
 * What a command line means while it is being typed: which of its words are
 * nouns, commands, options and texts, and which values would be refused.
 */
#ifndef SHELL_PROMPT_LOOK_H
#define SHELL_PROMPT_LOOK_H

#include "shell/line/session.h"

enum look_kind { LOOK_NOUN, LOOK_VERB, LOOK_OPTION, LOOK_TEXT, LOOK_WRONG };

/* A part of the line, in bytes. */
struct look_span {
	size_t begin, end;
	enum look_kind kind;
};

struct look {
	struct look_span *spans; /* in order, apart from each other */
	size_t count;
	const char *why; /* the last word that is wrong; NULL: none */
	bool open;       /* after a pause more can be said */
};

/* A word that was looked up in the database, so that it is not again. */
struct look_known {
	const char *noun, *word;
	const char *why; /* NULL: there is such a row */
	bool rested;     /* why has similar names */
};

struct look_memory {
	struct arena arena;
	struct look_known *items;
	size_t count;
};

/*
 * Looks at text, with the session's catalog as it is.  The word that ends at
 * the cursor may be unfinished, unless rests: it is wrong only if no further
 * key could put it right.  Nothing is wrong unless check is set; values that
 * name rows are looked up by an index, in a connection that is closed again, and
 * similar names only if it rests.
 */
void look_at_line(struct session *session, const char *text, size_t cursor,
		  bool rests, bool check, struct look_memory *memory,
		  struct arena *arena, struct look *out);

#endif

/*
 * What people write in the comments of a CREATE: words that begin with @ are
 * instructions, the rest is a description (DESIGN: annotations).
 */
#ifndef SCHEMA_ANNOTATION_H
#define SCHEMA_ANNOTATION_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct span;

struct annotations {
	const char *description;  /* NULL: none */
	const char *resource;     /* @resource NAME, on a table */
	const char *slug;         /* @slug COLUMN: made of that one */
	const char *renamed_from; /* @renamed from=NAME */
	bool immutable, hidden, readonly, title, created, updated;
};

/*
 * Adds what comments (with their marks) say to annotations.  A word with an @
 * that is no instruction stays in the description.
 */
void annotations_add(struct annotations *annotations,
		     const struct span *comments, size_t ncomments,
		     struct arena *arena);

/* What stands between a comment's marks, its words with one blank between. */
const char *comment_words(struct span comment, struct arena *arena);

/*
 * Whether two say the same.  @renamed does not count: it is an instruction to
 * a migration, that has no meaning once it was followed.
 */
bool annotations_equal(const struct annotations *a,
		       const struct annotations *b);

/* The first word of a comment that is an instruction, or NULL. */
const char *annotation_instruction(struct span comment, struct arena *arena);

/*
 * The first word of a comment that looks like a misspelt instruction, or
 * NULL; *meant gets that instruction.
 */
const char *annotation_typo(struct span comment, struct arena *arena,
			    const char **meant);

#endif

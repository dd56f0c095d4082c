/*
 * Annotations in the comments of a CREATE: words that begin with @ are
 * instructions, the rest is a description (taskmgr-schema(5)).
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
	const char *slug;         /* @slug COLUMN, the slug's source */
	const char *renamed_from; /* @renamed from=NAME */
	bool immutable, hidden, readonly, title, created, updated;
	bool precondition; /* on a table: HTTP needs If-Match to change a row */
};

/*
 * Adds comments, with their -- or slash-star marks, to annotations.  A word
 * with @ that is not an instruction stays in the description.
 */
void annotations_add(struct annotations *annotations,
		     const struct span *comments, size_t ncomments,
		     struct arena *arena);

/* The words between a comment's marks, separated by single spaces. */
const char *comment_words(struct span comment, struct arena *arena);

/*
 * Whether two are equal but for @renamed, which is for a migration only and
 * means nothing afterwards.
 */
bool annotations_equal(const struct annotations *a,
		       const struct annotations *b);

/* The first instruction of a comment, or NULL. */
const char *annotation_instruction(struct span comment, struct arena *arena);

/*
 * The first word of a comment that looks like a misspelt instruction, or NULL;
 * *meant is set to the instruction.
 */
const char *annotation_typo(struct span comment, struct arena *arena,
			    const char **meant);

#endif

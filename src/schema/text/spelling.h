/* Names and statements as a person would write them. */
#ifndef SCHEMA_SPELLING_H
#define SCHEMA_SPELLING_H

#include "util/arena.h"
#include "util/buffer.h"

/* The name, in quotes only where SQL needs them. */
const char *spelling(struct arena *arena, const char *name);

/* SQL with text in the place of each $. */
const char *fill_template(const char *sql, const char *text,
			  struct arena *arena);

/*
 * Appends a statement with its semicolon; behind a comment to the end of the
 * line that takes a line of its own.
 */
void statement_write(struct buffer *buffer, const char *sql);

#endif

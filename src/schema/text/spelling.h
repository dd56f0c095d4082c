/* Writes names and statements as a person would. */
#ifndef SCHEMA_SPELLING_H
#define SCHEMA_SPELLING_H

#include "util/arena.h"
#include "util/buffer.h"

/* The name, quoted only if SQL requires it. */
const char *spelling(struct arena *arena, const char *name);

/* SQL in which text replaces each $. */
const char *fill_sql(const char *sql, const char *text, struct arena *arena);

/*
 * Appends a statement and a semicolon, which after a final -- comment goes on
 * a new line.
 */
void statement_write(struct buffer *buffer, const char *sql);

#endif

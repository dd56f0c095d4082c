/*
 * Validation problems in plain English, with the name that was typed.  Over
 * HTTP they keep Pydantic's words.
 */
#ifndef SHELL_LINE_PROBLEM_H
#define SHELL_LINE_PROBLEM_H

#include "util/buffer.h"
#include "util/error.h"

/* Appends "record 2: --age must be a whole number, not "4x"". */
void problem_print(const struct problem *problem, struct buffer *out);

/* The field with the records it is nested in: "tasks[0].age"; may be NULL. */
const char *problem_field(const struct problem *problem, struct arena *arena);

#endif

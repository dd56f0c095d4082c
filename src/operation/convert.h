/*
 * Converts one input value to a parameter's type by Pydantic 2's lax rules
 * (docs.pydantic.dev, "Conversion Table"); private to operation/.
 */
#ifndef OPERATION_CONVERT_H
#define OPERATION_CONVERT_H

#include <jansson.h>

#include "operation/operation.h"

/* An input value as received: text from a shell or a query, or JSON. */
struct raw {
	const char *text; /* NULL: json */
	size_t length;
	json_t *json; /* NULL: source is of a plain object (input/plain.h),
			 or such an object */
	/* The text of json, whose numbers are exact, unlike jansson's. */
	const char *source;
	size_t source_length;
};

/* Why a value does not fit; type is NULL if it does. */
struct complaint {
	const char *type;
	const char *message;
	const char *context; /* JSON, or NULL */
};

/* Converts raw; *out's text may point into raw or arena. */
struct complaint convert(const struct parameter *parameter, struct raw raw,
			 struct arena *arena, struct value *out);

/* Checks a value of the right type against its parameter's limits. */
struct complaint check_limits(const struct parameter *parameter,
			      struct value value, struct arena *arena);

/*
 * The option that a stray word may be intended as: "--age 5" for age=5, "--limit
 * 3" for a number, "--where 'age>5'" for age>5; or NULL.  In arena.
 */
const char *operation_option_for(const struct operation *operation,
				 const char *word, struct arena *arena);

/* "--limit N" for the word limit, or NULL. */
const char *operation_usage_for(const struct operation *operation,
				const char *word, struct arena *arena);

/*
 * The option of input whose value a stray word may be: "--completed=yes" for
 * "yes" after --completed, "--backup=FILE"; or NULL.  In arena.
 */
const char *input_option_for(const struct input *input, const char *word,
			     struct arena *arena);

#endif

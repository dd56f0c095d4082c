/* An input value before its conversion to a type; private to operation/. */
#ifndef OPERATION_GIVEN_H
#define OPERATION_GIVEN_H

#include "operation/convert.h"

/* The input's form, whichever door it came by; text includes JSON strings. */
enum form {
	FORM_NULL,
	FORM_BOOLEAN,
	FORM_INTEGER,
	FORM_REAL,
	FORM_TEXT,
	FORM_COMPOUND
};

struct input_value {
	enum form form;
	bool boolean;
	int64_t integer;
	double real;
	bool large; /* an integer beyond 64 bits, or a real beyond a double */
	const char *text; /* of a number, too */
	size_t length;
};

/* Its texts are raw's. */
struct input_value classify_input(struct raw raw);

#endif

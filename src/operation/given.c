#include "operation/given.h"

#include <string.h>

#include "util/number.h"

/* A JSON number; without a point or exponent it is an integer. */
static struct input_value classify_number(const char *text, size_t length)
{
	struct input_value given = {
		.form = FORM_INTEGER,
		.text = text,
		.length = length,
	};

	for (size_t i = 0; i < length; i++)
		if (strchr(".eE", text[i]))
			given.form = FORM_REAL;
	/* A zero may be -0. */
	if (given.form == FORM_INTEGER &&
	    parse_integer(text, length, &given.integer) == PARSED &&
	    given.integer) {
		given.real = (double)given.integer;
		return given;
	}
	given.large = parse_real(text, length, &given.real) != PARSED;
	if (given.form == FORM_INTEGER)
		given.large = parse_integer(text, length, &given.integer) !=
			      PARSED;
	return given;
}

/* JSON that no parser has seen: its first character says what it is. */
static struct input_value classify_source(const char *text, size_t length)
{
	switch (*text) {
	case '"':
		return (struct input_value){ .form = FORM_TEXT,
					     .text = text + 1,
					     .length = length - 2 };
	case 't':
	case 'f':
		return (struct input_value){ .form = FORM_BOOLEAN,
					     .boolean = *text == 't' };
	case 'n':
		return (struct input_value){ .form = FORM_NULL };
	case '{':
		return (struct input_value){ .form = FORM_COMPOUND };
	default:
		return classify_number(text, length);
	}
}

struct input_value classify_input(struct raw raw)
{
	if (raw.text)
		return (struct input_value){ .form = FORM_TEXT,
					     .text = raw.text,
					     .length = raw.length };
	if (!raw.json)
		return classify_source(raw.source, raw.source_length);
	switch (json_typeof(raw.json)) {
	case JSON_NULL:
		return (struct input_value){ .form = FORM_NULL };
	case JSON_TRUE:
	case JSON_FALSE:
		return (struct input_value){
			.form = FORM_BOOLEAN, .boolean = json_is_true(raw.json)
		};
	case JSON_INTEGER:
	case JSON_REAL:
		return classify_number(raw.source, raw.source_length);
	case JSON_STRING:
		return (struct input_value){
			.form = FORM_TEXT,
			.text = json_string_value(raw.json),
			.length = json_string_length(raw.json)
		};
	case JSON_OBJECT:
	case JSON_ARRAY:
		break;
	}
	return (struct input_value){ .form = FORM_COMPOUND };
}

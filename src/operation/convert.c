#include "operation/convert.h"

#include <math.h>

#include "util/base64.h"
#include "util/number.h"
#include "util/text.h"

enum { INPUT_SHOWN = 1000 }; /* bytes of input that a problem repeats */

static const struct complaint fits = { .type = NULL };

/* What came, without regard to the door: text is a string's, too. */
enum form {
	FORM_NULL,
	FORM_BOOLEAN,
	FORM_INTEGER,
	FORM_REAL,
	FORM_TEXT,
	FORM_COMPOUND
};

struct given {
	enum form form;
	bool boolean;
	int64_t integer;
	double real;
	const char *text;
	size_t length;
};

static struct given look(struct raw raw)
{
	if (raw.text)
		return (struct given){ .form = FORM_TEXT,
				       .text = raw.text,
				       .length = raw.length };
	switch (json_typeof(raw.json)) {
	case JSON_NULL:
		return (struct given){ .form = FORM_NULL };
	case JSON_TRUE:
	case JSON_FALSE:
		return (struct given){ .form = FORM_BOOLEAN,
				       .boolean = json_is_true(raw.json) };
	case JSON_INTEGER:
		return (struct given){ .form = FORM_INTEGER,
				       .integer = json_integer_value(
					       raw.json) };
	case JSON_REAL:
		return (struct given){ .form = FORM_REAL,
				       .real = json_real_value(raw.json) };
	case JSON_STRING:
		return (struct given){ .form = FORM_TEXT,
				       .text = json_string_value(raw.json),
				       .length = json_string_length(raw.json) };
	case JSON_OBJECT:
	case JSON_ARRAY:
		break;
	}
	return (struct given){ .form = FORM_COMPOUND };
}

static struct complaint complain(const char *type, const char *message)
{
	return (struct complaint){ .type = type, .message = message };
}

static const struct complaint too_large = {
	.type = "int_parsing_size",
	.message = "Unable to parse input string as an integer, exceeded "
		   "maximum size",
};

static struct complaint to_integer(struct given given, struct value *out)
{
	const double two_to_63 = 9223372036854775808.0;
	int64_t number = given.integer;

	switch (given.form) {
	case FORM_BOOLEAN:
		number = given.boolean;
		break;
	case FORM_INTEGER:
		break;
	case FORM_REAL:
		if (given.real != trunc(given.real))
			return complain("int_from_float",
					"Input should be a valid integer, got "
					"a number with a fractional part");
		if (given.real < -two_to_63 || given.real >= two_to_63)
			return too_large;
		number = (int64_t)given.real;
		break;
	case FORM_TEXT:
		switch (parse_integer(given.text, given.length, &number)) {
		case PARSED:
			break;
		case PARSED_TOO_LARGE:
			return too_large;
		case PARSED_NOT:
			return complain("int_parsing",
					"Input should be a valid integer, "
					"unable to parse string as an integer");
		}
		break;
	case FORM_NULL:
	case FORM_COMPOUND:
		return complain("int_type", "Input should be a valid integer");
	}
	*out = value_integer(number);
	return fits;
}

static struct complaint to_real(struct given given, struct value *out)
{
	switch (given.form) {
	case FORM_BOOLEAN:
		*out = value_real(given.boolean);
		return fits;
	case FORM_INTEGER:
		*out = value_real((double)given.integer);
		return fits;
	case FORM_REAL:
		*out = value_real(given.real);
		return fits;
	case FORM_TEXT:
		out->kind = VALUE_REAL;
		if (parse_real(given.text, given.length, &out->real) == PARSED)
			return fits;
		return complain("float_parsing",
				"Input should be a valid number, unable to "
				"parse string as a number");
	case FORM_NULL:
	case FORM_COMPOUND:
		break;
	}
	return complain("float_type", "Input should be a valid number");
}

/* NUMERIC keeps an integer exact, which a real would not. */
static struct complaint to_numeric(struct given given, struct value *out)
{
	if (given.form == FORM_INTEGER || given.form == FORM_TEXT) {
		if (!to_integer(given, out).type)
			return fits;
	}
	return to_real(given, out);
}

static struct complaint to_boolean(struct given given, struct value *out)
{
	bool answer = given.boolean;
	bool can = true;

	switch (given.form) {
	case FORM_BOOLEAN:
		break;
	case FORM_INTEGER:
		answer = given.integer == 1;
		can = answer || given.integer == 0;
		break;
	case FORM_REAL:
		answer = given.real == 1;
		can = answer || given.real == 0;
		break;
	case FORM_TEXT:
		can = parse_boolean(given.text, given.length, &answer) ==
		      PARSED;
		break;
	case FORM_NULL:
	case FORM_COMPOUND:
		return complain("bool_type", "Input should be a valid boolean");
	}
	if (!can)
		return complain("bool_parsing",
				"Input should be a valid boolean, unable to "
				"interpret input");
	*out = value_integer(answer);
	return fits;
}

static struct complaint to_text(struct given given, struct value *out)
{
	if (given.form != FORM_TEXT)
		return complain("string_type",
				"Input should be a valid string");
	if (utf8_check(given.text, given.length) != given.length)
		return complain("string_unicode",
				"Input should be a valid string, unable to "
				"parse raw data as a unicode string");
	if (memchr(given.text, '\0', given.length))
		return complain("string_unicode",
				"Input should be a valid string, without NUL");
	*out = value_bytes(given.text, given.length);
	return fits;
}

static struct complaint to_time(struct given given, struct arena *arena,
				const char *(*check)(const char *, size_t),
				const char *type, const char *message,
				struct value *out)
{
	const char *wrong;

	if (to_text(given, out).type)
		return complain(arena_printf(arena, "%s_type", type),
				arena_printf(arena,
					     "Input should be a valid "
					     "%s",
					     type));
	wrong = check(given.text, given.length);
	if (!wrong)
		return fits;
	return (struct complaint){
		.type = arena_printf(arena, "%s_parsing", type),
		.message = arena_printf(arena, "Input should be %s, %s",
					message, wrong),
		.context = arena_printf(arena, "{\"error\":\"%s\"}", wrong),
	};
}

/* A date may come as the midnight it begins with. */
static struct complaint to_date(struct given given, struct arena *arena,
				struct value *out)
{
	static const char midnight[] = "00:00:00";
	enum { DATE = 10 };
	struct given date = given;

	if (given.form == FORM_TEXT && given.length > DATE + 1 &&
	    !check_datetime(given.text, given.length) &&
	    strncmp(given.text + DATE + 1, midnight, given.length - DATE - 1) ==
		    0)
		date.length = DATE;
	return to_time(date, arena, check_date, "date",
		       "a valid date in the format YYYY-MM-DD", out);
}

static struct complaint to_json(struct raw raw, struct arena *arena,
				struct value *out)
{
	json_t *parsed;
	char *text;

	if (!raw.text) {
		text = json_dumps(raw.json, JSON_COMPACT | JSON_ENCODE_ANY);
		if (!text)
			return complain("json_type", "Input should be JSON");
		*out = value_text(arena_copy(arena, text));
		free(text);
		return fits;
	}
	parsed = json_loadb(raw.text, raw.length,
			    JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
	if (!parsed)
		return complain("json_invalid", "Input should be valid JSON");
	json_decref(parsed);
	*out = value_bytes(raw.text, raw.length);
	return fits;
}

static struct complaint to_blob(struct given given, struct arena *arena,
				struct value *out)
{
	out->kind = VALUE_BLOB;
	if (given.form == FORM_TEXT &&
	    base64_decode(given.text, given.length, arena, &out->data,
			  &out->length))
		return fits;
	return complain("base64_decode",
			"Input should be base64-encoded bytes");
}

static struct complaint to_any(struct given given, struct value *out)
{
	switch (given.form) {
	case FORM_BOOLEAN:
	case FORM_INTEGER:
		return to_integer(given, out);
	case FORM_REAL:
		return to_real(given, out);
	case FORM_NULL:
	case FORM_TEXT:
	case FORM_COMPOUND:
		break;
	}
	return to_text(given, out);
}

static struct complaint to_type(const struct parameter *parameter,
				struct raw raw, struct arena *arena,
				struct value *out)
{
	struct given given = look(raw);

	switch (parameter->type) {
	case TYPE_ANY:
		return to_any(given, out);
	case TYPE_INTEGER:
		return to_integer(given, out);
	case TYPE_REAL:
		return to_real(given, out);
	case TYPE_NUMERIC:
		return to_numeric(given, out);
	case TYPE_BOOLEAN:
		return to_boolean(given, out);
	case TYPE_TEXT:
		return to_text(given, out);
	case TYPE_DATE:
		return to_date(given, arena, out);
	case TYPE_TIME:
		return to_time(given, arena, check_time, "time",
			       "in a valid time format", out);
	case TYPE_DATETIME:
		return to_time(given, arena, check_datetime, "datetime",
			       "a valid datetime", out);
	case TYPE_JSON:
		return to_json(raw, arena, out);
	case TYPE_BLOB:
		return to_blob(given, arena, out);
	}
	return fits;
}

struct complaint convert(const struct parameter *parameter, struct raw raw,
			 struct arena *arena, struct value *out)
{
	struct complaint complaint;

	if (!raw.text && json_is_null(raw.json) &&
	    parameter->flags & PARAMETER_NULLABLE) {
		*out = value_null();
		return fits;
	}
	complaint = to_type(parameter, raw, arena, out);
	if (complaint.type && parameter->flags & PARAMETER_NAMED &&
	    look(raw).form == FORM_TEXT)
		return to_text(look(raw), out);
	return complaint.type ? complaint
			      : check_limits(parameter, *out, arena);
}

const char *raw_json(struct raw raw, struct arena *arena)
{
	BUFFER(buffer);
	char *text;

	if (raw.text) {
		if (raw.length > INPUT_SHOWN)
			return NULL;
		text_json(&buffer, raw.text, raw.length);
		return arena_copy_n(arena, buffer.data, buffer.length);
	}
	if (json_string_length(raw.json) > INPUT_SHOWN)
		return NULL;
	text = json_dumps(raw.json, JSON_COMPACT | JSON_ENCODE_ANY);
	if (text)
		buffer_text(&buffer, text);
	free(text);
	return !buffer.data || buffer.length > INPUT_SHOWN
		       ? NULL
		       : arena_copy(arena, buffer.data);
}

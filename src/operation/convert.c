#include "operation/convert.h"

#include <math.h>

#include "operation/given.h"
#include "input/source.h"
#include "output/tag.h"
#include "util/base64.h"
#include "util/number.h"
#include "util/text.h"

static const struct complaint fits = { .type = NULL };

static struct complaint make_complaint(const char *type, const char *message)
{
	return (struct complaint){ .type = type, .message = message };
}

static const struct complaint too_large = {
	.type = "int_parsing_size",
	.message = "Unable to parse input string as an integer, exceeded "
		   "maximum size",
};

static const struct complaint inexact = {
	.type = "decimal_max_digits",
	.message = "Decimal input should have no more than 15 digits in total",
	.context = "{\"max_digits\":15}",
};

static struct complaint to_integer(struct input_value given, struct value *out)
{
	const double two_to_63 = 9223372036854775808.0;
	int64_t number = given.integer;

	switch (given.form) {
	case FORM_BOOLEAN:
		number = given.boolean;
		break;
	case FORM_INTEGER:
		if (given.large)
			return too_large;
		break;
	case FORM_REAL:
		if (given.real != trunc(given.real))
			return make_complaint(
				"int_from_float",
				"Input should be a valid integer, got "
				"a number with a fractional part");
		if (given.real < -two_to_63 || given.real >= two_to_63)
			return too_large;
		number = (int64_t)given.real;
		/* 9007199254740993.0 is more than a double can say. */
		if (parse_integer(given.text, given.length, &number) !=
			    PARSED &&
		    !real_is_exact(given.text, given.length, given.real))
			return inexact;
		break;
	case FORM_TEXT:
		switch (parse_integer(given.text, given.length, &number)) {
		case PARSED:
			break;
		case PARSED_TOO_LARGE:
			return too_large;
		case PARSED_NOT:
			return make_complaint(
				"int_parsing",
				"Input should be a valid integer, "
				"unable to parse string as an integer");
		}
		break;
	case FORM_NULL:
	case FORM_COMPOUND:
		return make_complaint("int_type",
				      "Input should be a valid integer");
	}
	*out = value_integer(number);
	return fits;
}

static struct complaint to_real(struct input_value given, struct value *out)
{
	const struct complaint not_finite = {
		.type = "finite_number",
		.message = "Input should be a finite number",
	};

	switch (given.form) {
	case FORM_BOOLEAN:
		*out = value_real(given.boolean);
		return fits;
	case FORM_INTEGER:
	case FORM_REAL:
		*out = value_real(given.real);
		return isinf(given.real) && given.large ? not_finite : fits;
	case FORM_TEXT:
		out->kind = VALUE_REAL;
		if (parse_real(given.text, given.length, &out->real) == PARSED)
			return fits;
		return make_complaint(
			"float_parsing",
			"Input should be a valid number, unable to "
			"parse string as a number");
	case FORM_NULL:
	case FORM_COMPOUND:
		break;
	}
	return make_complaint("float_type", "Input should be a valid number");
}

/* A number that is a real unless that loses digits: 9007199254740993.0 is an
   integer then. */
static struct complaint to_exact(struct input_value given, struct value *out)
{
	struct complaint complaint = to_real(given, out);
	int64_t number;

	if (complaint.type || !given.text ||
	    real_is_exact(given.text, given.length, out->real))
		return complaint;
	if (parse_integer(given.text, given.length, &number) != PARSED)
		return inexact;
	*out = value_integer(number);
	return fits;
}

/* NUMERIC keeps integers exact, unlike a real, and refuses other numbers whose
   digits a real cannot keep. */
static struct complaint to_numeric(struct input_value given, struct value *out)
{
	struct complaint complaint;

	if (given.form != FORM_INTEGER && given.form != FORM_TEXT)
		return to_exact(given, out);
	complaint = to_integer(given, out);
	return !complaint.type || complaint.type == too_large.type
		       ? complaint
		       : to_exact(given, out);
}

static struct complaint to_boolean(struct input_value given, struct value *out)
{
	bool answer = given.boolean;
	bool can = true;

	switch (given.form) {
	case FORM_BOOLEAN:
		break;
	case FORM_INTEGER:
		answer = given.integer == 1;
		can = !given.large && (answer || given.integer == 0);
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
		return make_complaint("bool_type",
				      "Input should be a valid boolean");
	}
	if (!can)
		return make_complaint(
			"bool_parsing",
			"Input should be a valid boolean, unable to "
			"interpret input");
	*out = value_integer(answer);
	return fits;
}

static struct complaint to_text(struct input_value given, struct value *out)
{
	if (given.form != FORM_TEXT)
		return make_complaint("string_type",
				      "Input should be a valid string");
	if (utf8_check(given.text, given.length) != given.length)
		return make_complaint(
			"string_unicode",
			"Input should be a valid string, unable to "
			"parse raw data as a unicode string");
	if (memchr(given.text, '\0', given.length))
		return make_complaint(
			"string_unicode",
			"Input should be a valid string, without NUL");
	*out = value_bytes(given.text, given.length);
	return fits;
}

static struct complaint to_time(struct input_value given, struct arena *arena,
				const char *(*check)(const char *, size_t),
				const char *type, const char *message,
				struct value *out)
{
	const char *wrong;

	if (to_text(given, out).type)
		return make_complaint(arena_printf(arena, "%s_type", type),
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

/* Stored in one form, so that text order is time order. */
static struct complaint to_datetime(struct input_value given,
				    struct arena *arena, struct value *out)
{
	struct complaint complaint = to_time(given, arena, check_datetime,
					     "datetime", "a valid datetime",
					     out);
	const char *stored;

	if (complaint.type)
		return complaint;
	stored = datetime_store(given.text, given.length, arena);
	if (!stored)
		return make_complaint(
			"datetime_parsing",
			"Input should be a valid datetime, in UTC its "
			"year is outside the range of 0-9999");
	*out = value_text(stored);
	return fits;
}

/* A date may be given as its midnight. */
static struct complaint to_date(struct input_value given, struct arena *arena,
				struct value *out)
{
	static const char midnight[] = "00:00:00";
	enum { DATE = 10 };
	struct input_value date = given;

	if (given.form == FORM_TEXT && given.length > DATE + 1 &&
	    !check_datetime(given.text, given.length) &&
	    strncmp(given.text + DATE + 1, midnight, given.length - DATE - 1) ==
		    0)
		date.length = DATE;
	return to_time(date, arena, check_date, "date",
		       "a valid date in the format YYYY-MM-DD", out);
}

/*
 * A document is stored as written.  A number is stored as a number: as text the
 * column's affinity might change it.
 */
static struct complaint to_json(struct raw raw, struct input_value given,
				struct arena *arena, struct value *out)
{
	json_t *parsed;

	if (given.form == FORM_NULL)
		return make_complaint("null_forbidden",
				      "Input should not be null");
	if (!raw.text) {
		*out = value_bytes(raw.source, raw.source_length);
		return given.form == FORM_INTEGER || given.form == FORM_REAL
			       ? to_numeric(given, out)
			       : fits;
	}
	parsed = json_loadb(source_blank_numbers(raw.text, raw.length, arena),
			    raw.length,
			    JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
	if (!parsed || memchr(raw.text, '\0', raw.length)) {
		json_decref(parsed);
		return make_complaint("json_invalid",
				      "Input should be valid JSON");
	}
	json_decref(parsed);
	*out = value_bytes(raw.text, raw.length);
	return fits;
}

static struct complaint to_bytes(struct input_value given, enum value_kind kind,
				 struct arena *arena, struct value *out)
{
	out->kind = kind;
	if (given.form == FORM_TEXT &&
	    base64_decode(given.text, given.length, arena, &out->data,
			  &out->length))
		return fits;
	return make_complaint("base64_decode",
			      "Input should be base64-encoded bytes");
}

static struct complaint to_any(struct input_value given, struct value *out)
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
				struct raw raw, struct input_value given,
				struct arena *arena, struct value *out)
{
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
		return to_datetime(given, arena, out);
	case TYPE_JSON:
		return to_json(raw, given, arena, out);
	case TYPE_BLOB:
		return to_bytes(given, VALUE_BLOB, arena, out);
	}
	return fits;
}

/* The only member of an object; false if it has none or several. */
static bool only_member(struct raw raw, const char **name, struct raw *member)
{
	struct json_walk source;
	void *iterator;

	if (raw.text || json_object_size(raw.json) != 1)
		return false;
	iterator = json_object_iter(raw.json);
	*name = json_object_iter_key(iterator);
	*member = (struct raw){ .json = json_object_iter_value(iterator) };
	source = source_open(raw.source, raw.source + raw.source_length);
	return source_next(&source, &member->source, &member->source_length);
}

/*
 * {"$text":"5"}: a value of exactly that storage class, whatever the column's
 * type.  False if it is not one; in a JSON column it is then a document.
 */
static bool convert_tagged(struct raw raw, struct arena *arena,
			   struct complaint *complaint, struct value *out)
{
	const char *name;
	struct raw member;
	const struct tag *tag = only_member(raw, &name, &member)
					? tag_find(name)
					: NULL;
	struct input_value given;

	if (!tag)
		return false;
	given = classify_input(member);
	switch (tag->kind) {
	case VALUE_INTEGER:
		*complaint = to_integer(given, out);
		return given.form == FORM_INTEGER;
	case VALUE_REAL:
		*complaint = to_real(given, out);
		return given.form == FORM_REAL || given.form == FORM_INTEGER;
	case VALUE_TEXT:
	case VALUE_BLOB:
		*complaint = tag->base64
				     ? to_bytes(given, tag->kind, arena, out)
				     : to_text(given, out);
		return given.form == FORM_TEXT;
	case VALUE_NULL:
		break;
	}
	return false;
}

struct complaint convert(const struct parameter *parameter, struct raw raw,
			 struct arena *arena, struct value *out)
{
	const struct input_value given = classify_input(raw);
	struct complaint complaint;

	if (given.form == FORM_NULL && parameter->flags & PARAMETER_NULLABLE) {
		*out = value_null();
		return fits;
	}
	if (!convert_tagged(raw, arena, &complaint, out))
		complaint = to_type(parameter, raw, given, arena, out);
	if (complaint.type && parameter->flags & PARAMETER_NAMED &&
	    given.form == FORM_TEXT)
		return to_text(given, out);
	return complaint.type ? complaint
			      : check_limits(parameter, *out, arena);
}

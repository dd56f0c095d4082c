/* Input of every door against Pydantic 2's lax rules. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "operation/operation.h"

static const struct value zero = { .kind = VALUE_INTEGER };
static const char *const colours[] = { "red", "blue", NULL };

static const struct parameter parameters[] = {
	{ .name = "key", .role = PARAMETER_ARGUMENT, .type = TYPE_INTEGER },
	{ .name = "integer", .role = PARAMETER_FIELD, .type = TYPE_INTEGER },
	{ .name = "real", .role = PARAMETER_FIELD, .type = TYPE_REAL },
	{ .name = "numeric", .role = PARAMETER_FIELD, .type = TYPE_NUMERIC },
	{ .name = "boolean", .role = PARAMETER_FIELD, .type = TYPE_BOOLEAN },
	{ .name = "text",
	  .role = PARAMETER_FIELD,
	  .type = TYPE_TEXT,
	  .max_length = 5 },
	{ .name = "date", .role = PARAMETER_FIELD, .type = TYPE_DATE },
	{ .name = "time", .role = PARAMETER_FIELD, .type = TYPE_TIME },
	{ .name = "datetime", .role = PARAMETER_FIELD, .type = TYPE_DATETIME },
	{ .name = "json", .role = PARAMETER_FIELD, .type = TYPE_JSON },
	{ .name = "blob", .role = PARAMETER_FIELD, .type = TYPE_BLOB },
	{ .name = "colour",
	  .role = PARAMETER_FIELD,
	  .type = TYPE_TEXT,
	  .choices = colours },
	{ .name = "size",
	  .role = PARAMETER_FIELD,
	  .type = TYPE_INTEGER,
	  .minimum = &zero,
	  .flags = PARAMETER_NULLABLE },
	{ .name = "data", .role = PARAMETER_RECORDS, .type = TYPE_TEXT },
};

static const struct operation operation = {
	.noun = "thing",
	.verb = "create",
	.parameters = parameters,
	.nparameters = sizeof(parameters) / sizeof(parameters[0]),
};

/* What a field becomes, as text; or "!" and the type of the complaint. */
static const char *decode(struct arena *arena, const char *field,
			  const struct input *input)
{
	int at = operation_find_parameter(&operation, field);
	struct arguments arguments;
	struct value value;
	struct error e;

	error_init(&e, arena);
	if (operation_decode(&operation, input, arena, &arguments, &e) != OK)
		return e.nproblems
			       ? arena_printf(arena, "!%s", e.problems[0].type)
			       : arena_printf(arena, "!!%s",
					      error_sentence(&e));
	value = arguments.records[0].values[at];
	switch (value.kind) {
	case VALUE_NULL:
		return "NULL";
	case VALUE_INTEGER:
		return arena_printf(arena, "%" PRId64, value.integer);
	case VALUE_REAL:
		return arena_printf(arena, "%.17g", value.real);
	case VALUE_TEXT:
	case VALUE_BLOB:
		break;
	}
	return arena_printf(arena, "'%.*s'", (int)value.length, value.data);
}

static const char *from_text(struct arena *arena, const char *field,
			     const char *text)
{
	const struct pair pair = {
		.name = field,
		.text = text,
		.length = strlen(text),
	};

	return decode(arena, field,
		      &(struct input){
			      .pairs = &pair, .npairs = 1, .place = "option" });
}

static const char *from_data(struct arena *arena, const char *field,
			     const char *data)
{
	return decode(arena, field,
		      &(struct input){ .data = data,
				       .data_length = strlen(data),
				       .place = "option" });
}

/* A record alone and one of a list are read by different parsers. */
static const char *from_json(struct arena *arena, const char *field,
			     const char *json)
{
	const char *data = arena_printf(arena, "{\"%s\":%s}", field, json);
	const char *alone = from_data(arena, field, data);

	assert_string_equal(from_data(arena, field,
				      arena_printf(arena, "[%s]", data)),
			    alone);
	return alone;
}

struct row {
	const char *field, *given, *wanted;
};

static void test_text(void **state)
{
	static const struct row rows[] = {
		{ "integer", "40", "40" },
		{ "integer", " +4_0 ", "40" },
		{ "integer", "40.0", "40" },
		{ "integer", "-0", "0" },
		{ "integer", "40.5", "!int_parsing" },
		{ "integer", "4x", "!int_parsing" },
		{ "integer", "", "!int_parsing" },
		{ "integer", "1e3", "!int_parsing" },
		{ "integer", "0x10", "!int_parsing" },
		{ "integer", "4__0", "!int_parsing" },
		{ "integer", "٤٠", "!int_parsing" },
		{ "integer", "9223372036854775807", "9223372036854775807" },
		{ "integer", "-9223372036854775808", "-9223372036854775808" },
		{ "integer", "9223372036854775808", "!int_parsing_size" },
		{ "integer", "99999999999999999999999", "!int_parsing_size" },
		{ "real", "1.5e3", "1500" },
		{ "real", "1e999", "!float_parsing" },
		{ "real", "-Infinity", "-inf" },
		{ "real", "infinity", "!float_parsing" },
		{ "numeric", "12345678901234567890", "!int_parsing_size" },
		{ "real", "nan", "!float_parsing" },
		{ "real", "", "!float_parsing" },
		{ "numeric", "9007199254740993", "9007199254740993" },
		{ "numeric", "0.5", "0.5" },
		{ "numeric", "0.30000000000000004", "0.30000000000000004" },
		{ "numeric", "1234567890123456.7", "!decimal_max_digits" },
		{ "numeric", "9e999", "inf" },
		{ "boolean", "Yes", "1" },
		{ "boolean", "off", "0" },
		{ "boolean", "2", "!bool_parsing" },
		{ "boolean", "", "!bool_parsing" },
		{ "text", "žluťo", "'žluťo'" },
		{ "text", "123456", "!string_too_long" },
		{ "text", "\xff", "!string_unicode" },
		{ "date", "2024-02-29", "'2024-02-29'" },
		{ "date", "2026-02-29", "!date_parsing" },
		{ "date", "2026-13-01", "!date_parsing" },
		{ "date", "26-1-1", "!date_parsing" },
		{ "time", "23:59:59.5", "'23:59:59.5'" },
		{ "time", "24:00", "!time_parsing" },
		{ "datetime", "2026-11-22", "'2026-11-22'" },
		{ "datetime", "2026-11-22T11:07:02Z", "'2026-11-22 11:07:02'" },
		{ "datetime", "2026-11-22t11:07:02.500",
		  "'2026-11-22 11:07:02.500'" },
		{ "datetime", "2026-11-22 11:07:02+01:00",
		  "'2026-11-22 10:07:02'" },
		{ "datetime", "2026-01-01 00:30 +0100", "'2025-12-31 23:30'" },
		{ "datetime", "2024-02-28T23:00:00.25-02:30",
		  "'2024-02-29 01:30:00.25'" },
		{ "datetime", "9999-12-31T23:00:00-02:00",
		  "!datetime_parsing" },
		{ "datetime", "0000-01-01T00:00:00+00:01",
		  "!datetime_parsing" },
		{ "datetime", "2026-11-22_11:07:02", "!datetime_parsing" },
		{ "datetime", "2026-11-22 25:00", "!datetime_parsing" },
		{ "json", "[1, {\"a\": null}]", "'[1, {\"a\": null}]'" },
		{ "json", "{", "!json_invalid" },
		{ "blob", "aGk=", "'hi'" },
		{ "blob", "aG=k", "!base64_decode" },
		{ "blob", "aGk", "!base64_decode" },
		{ "colour", "red", "'red'" },
		{ "colour", "Red", "!enum" },
		{ "size", "0", "0" },
		{ "size", "-1", "!greater_than_equal" },
		{ "colur", "red",
		  "!!thing create has no option --colur "
		  "(did you mean --colour?)" },
	};
	ARENA(arena);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
			from_text(&arena, rows[i].field, rows[i].given),
			rows[i].wanted);
}

static void test_json(void **state)
{
	static const struct row rows[] = {
		{ "integer", "40", "40" },
		{ "integer", "40.0", "40" },
		{ "integer", "1e2", "100" },
		{ "integer", "\"40\"", "40" },
		{ "integer", "true", "1" },
		{ "integer", "40.5", "!int_from_float" },
		{ "integer", "null", "!int_type" },
		{ "integer", "[]", "!int_type" },
		{ "integer", "1e300", "!int_parsing_size" },
		{ "integer", "9223372036854775808", "!int_parsing_size" },
		{ "real", "\"1.5\"", "1.5" },
		{ "real", "1", "1" },
		{ "real", "null", "!float_type" },
		{ "real", "9e999", "inf" },
		{ "real", "-9e999", "-inf" },
		{ "real", "1e400", "!finite_number" },
		{ "real", "-0.0", "-0" },
		{ "real", "12345678901234567890", "1.2345678901234567e+19" },
		{ "numeric", "1.0", "1" },
		{ "numeric", "12345678901234567890", "!int_parsing_size" },
		{ "numeric", "12345678901234567890.0", "!decimal_max_digits" },
		{ "numeric", "1.2345678901234567e+19",
		  "1.2345678901234567e+19" },
		{ "numeric", "12345678901234567.89", "!decimal_max_digits" },
		{ "numeric", "9007199254740993.0", "9007199254740993" },
		{ "numeric", "1e-400", "!decimal_max_digits" },
		{ "numeric", "0.000", "0" },
		{ "numeric", "0.10000000000000001", "0.10000000000000001" },
		{ "numeric", "10.500e-1", "1.05" },
		{ "integer", "9007199254740993.0", "9007199254740993" },
		{ "integer", "9007199254740993e0", "!decimal_max_digits" },
		{ "integer", "1e18", "1000000000000000000" },
		{ "integer", "9e999", "!int_parsing_size" },
		{ "integer", "{\"$real\":1.5}", "1.5" },
		{ "integer", "{ \"$text\" : \"abc\" }", "'abc'" },
		{ "integer", "{\"$text\":1}", "!int_type" },
		{ "integer", "{\"$text\":\"a\",\"b\":1}", "!int_type" },
		{ "text", "{\"$integer\":5}", "5" },
		{ "text", "{\"$base64\":\"aGk=\"}", "'hi'" },
		{ "text", "{\"$base64\":\"aGk\"}", "!base64_decode" },
		{ "text", "{\"$text_base64\":\"/w==\"}", "'\xff'" },
		{ "text", "{\"$text\":\"123456\"}", "!string_too_long" },
		{ "colour", "{\"$text\":\"green\"}", "!enum" },
		{ "json", "{\"$text\":\"null\"}", "'null'" },
		{ "json", "{\"$text\":[1e5]}", "'{\"$text\":[1e5]}'" },
		{ "json", "[1.50, 12345678901234567890, 1e999]",
		  "'[1.50, 12345678901234567890, 1e999]'" },
		{ "json", "\"\\u00e9\"", "'\"\\u00e9\"'" },
		{ "json", "5", "5" },
		{ "json", "null", "!null_forbidden" },
		{ "boolean", "1", "1" },
		{ "boolean", "0.0", "0" },
		{ "boolean", "2", "!bool_parsing" },
		{ "boolean", "null", "!bool_type" },
		{ "text", "\"a\"", "'a'" },
		{ "text", "1", "!string_type" },
		{ "text", "true", "!string_type" },
		{ "text", "\"\\u0000\"", "!json_invalid" },
		{ "text", "\"\\ud800\"", "!json_invalid" },
		{ "date", "20260101", "!date_type" },
		{ "json", "{\"b\": [1]}", "'{\"b\": [1]}'" },
		{ "size", "null", "NULL" },
		{ "colr", "1", "!extra_forbidden" },
		{ "text", "\"a\",\"text\":\"b\"", "!json_invalid" },
		{ "text", "nul", "!json_invalid" },
	};
	ARENA(arena);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
			from_json(&arena, rows[i].field, rows[i].given),
			rows[i].wanted);
}

static size_t decode_records(struct arena *arena, const char *data, bool body,
			     bool *many, struct error *e)
{
	struct arguments arguments;

	error_init(e, arena);
	if (operation_decode(
		    &operation,
		    &(struct input){ .data = data,
				     .data_length = strlen(data),
				     .place = body ? "query" : "option",
				     .body = body },
		    arena, &arguments, e) != OK)
		return 0;
	*many = arguments.many;
	return arguments.nrecords;
}

static size_t records(struct arena *arena, const char *data, bool *many,
		      struct error *e)
{
	return decode_records(arena, data, false, many, e);
}

static void test_records(void **state)
{
	ARENA(arena);
	struct error e;
	bool many;

	(void)state;
	assert_int_equal(records(&arena, "{}", &many, &e), 1);
	assert_false(many);
	assert_int_equal(records(&arena, "[{}]", &many, &e), 1);
	assert_true(many);
	assert_int_equal(records(&arena, "{}\n{}\n\n{}", &many, &e), 3);
	assert_true(many);
	assert_int_equal(records(&arena, " [] ", &many, &e), 0);
	assert_int_equal(e.status, OK);
	/* No lines of JSON Lines are a list of nothing; no body is missing. */
	many = false;
	assert_int_equal(records(&arena, "\n", &many, &e), 0);
	assert_int_equal(e.status, OK);
	assert_true(many);
	decode_records(&arena, "", true, &many, &e);
	assert_string_equal(e.problems[0].type, "missing");
	assert_int_equal(records(&arena, "\xef\xbb\xbf{}", &many, &e), 1);
	assert_false(many);
	assert_int_equal(records(&arena, "[{}, 3]", &many, &e), 0);
	assert_string_equal(e.problems[0].type, "model_attributes_type");
	assert_int_equal(e.problems[0].record, 1);
}

static void test_all_problems(void **state)
{
	ARENA(arena);
	struct error e;
	bool many;

	(void)state;
	records(&arena, "{\"integer\":\"x\",\"text\":1,\"foo\":2}", &many, &e);
	assert_int_equal(e.status, INVALID);
	assert_int_equal(e.nproblems, 3);
}

/* The text of count items, separated by commas, in brackets. */
static const char *repeat(struct arena *arena, const char *item, size_t count)
{
	size_t length = strlen(item);
	char *text = arena_alloc(arena, count * (length + 1) + 2);

	text[0] = '[';
	for (size_t i = 0; i < count; i++) {
		memcpy(text + 1 + i * (length + 1), item, length);
		text[(i + 1) * (length + 1)] = ',';
	}
	strcpy(text + count * (length + 1), "]");
	return text;
}

static void test_too_many_problems(void **state)
{
	ARENA(arena);
	struct error e;
	bool many;

	(void)state;
	records(&arena, repeat(&arena, "{\"foo\":1}", 100), &many, &e);
	assert_int_equal(e.nproblems, 100);
	assert_string_equal(error_unlisted(&e), "");
	records(&arena, repeat(&arena, "{\"foo\":1}", 117), &many, &e);
	assert_int_equal(e.nproblems, 100);
	assert_string_equal(error_unlisted(&e), "and 17 more problems");
	/* The rest is not read: it may be no JSON. */
	records(&arena,
		arena_printf(&arena, "%.*s x", 15000,
			     repeat(&arena, "{\"foo\":1}", 2000)),
		&many, &e);
	assert_int_equal(e.nproblems, 100);
	assert_string_equal(error_unlisted(&e),
			    "and at least 900 more problems");
}

/* What takes little to write and much to keep. */
static void test_bounds(void **state)
{
	ARENA(arena);
	struct error e;
	bool many;

	(void)state;
	decode_records(&arena,
		       arena_printf(&arena, " {\"json\":%s}",
				    repeat(&arena, "[]", 100000)),
		       true, &many, &e);
	assert_int_equal(e.nproblems, 1);
	assert_string_equal(e.problems[0].type, "value_error");
	decode_records(&arena, repeat(&arena, "{}", 250001), true, &many, &e);
	assert_int_equal(e.nproblems, 1);
	assert_string_equal(e.problems[0].type, "too_long");
	assert_int_equal(decode_records(&arena, repeat(&arena, "{}", 100001),
					true, &many, &e),
			 100001);
}

/* A syntax error is the only problem, whatever records before it have. */
static void test_syntax(void **state)
{
	static const struct {
		const char *text;
		long position;
	} cases[] = {
		{ "[{\"foo\":1},]", 11 },   { "[{\"foo\":1} {}]", 11 },
		{ "[{\"foo\":1}", 10 },     { "{\"foo\":1} x", 10 },
		{ "[{\"foo\":1}] []", 12 },
	};
	ARENA(arena);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error e;
		bool many;

		decode_records(&arena, cases[i].text, true, &many, &e);
		assert_int_equal(e.nproblems, 1);
		assert_string_equal(e.problems[0].type, "json_invalid");
		assert_int_equal(e.problems[0].record, cases[i].position);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_all_problems),
		cmocka_unit_test(test_too_many_problems),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_syntax),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

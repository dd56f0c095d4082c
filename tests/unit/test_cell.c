#include "result.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* One value in JSON. */
static void expect_json(enum type type, struct value value, const char *wanted)
{
	const struct output_column column = { .name = "a", .type = type };
	struct result result = {
		.options = { .format = "json" },
		.columns = &column,
		.ncolumns = 1,
		.values = &value,
		.nrows = 1,
		.one = true,
	};
	BUFFER(object);

	buffer_printf(&object, "{\"a\":%s}\n", wanted);
	expect(&result, object.data);
}

static void integers_are_exact(void **state)
{
	static const struct {
		int64_t integer;
		const char *wanted;
	} cases[] = {
		{ 0, "0" },
		{ 9, "9" },
		{ 10, "10" },
		{ 99, "99" },
		{ 100, "100" },
		{ -1, "-1" },
		{ 1234567, "1234567" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_json(TYPE_INTEGER, value_integer(cases[i].integer),
			    cases[i].wanted);
}

static void reals_stay_reals(void **state)
{
	static const struct {
		double real;
		const char *wanted;
	} cases[] = {
		{ 0, "0.0" },
		{ -0.0, "-0.0" },
		{ 1, "1.0" },
		{ -2.5, "-2.5" },
		{ 0.1, "0.1" },
		{ 0.1 + 0.2, "0.30000000000000004" },
		{ 1.05, "1.05" },
		{ 3.000001, "3.000001" },
		{ 0.001, "0.001" },
		{ 1e-5, "1e-05" },
		{ 1e300, "1e+300" },
		{ 1e15, "1e+15" },
		{ 999999999999999, "999999999999999.0" },
		{ 1234567890123456, "1234567890123456.0" },
		{ 9007199254740992, "9007199254740992.0" },
		{ 5e-324, "4.94065645841247e-324" },
		{ 1.7976931348623157e308, "1.7976931348623157e+308" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_json(TYPE_REAL, value_real(cases[i].real),
			    cases[i].wanted);
	expect_json(TYPE_REAL, value_real(NAN), "null");
	expect_json(TYPE_REAL, value_real(INFINITY), "9e999");
	expect_json(TYPE_REAL, value_real(-INFINITY), "-9e999");
}

/* The text of one real, in the format "text". */
static void real_text(double real, char out[512])
{
	const struct output_column column = { .name = "a", .type = TYPE_REAL };
	const struct value value = value_real(real);
	const struct result result = {
		.options = { .format = "text" },
		.columns = &column,
		.ncolumns = 1,
		.values = &value,
		.nrows = 1,
	};
	struct sink sink;
	struct error e;
	ARENA(arena);

	error_init(&e, &arena);
	sink_init_memory(&sink);
	assert_int_equal(write_result(&result, &sink, &arena, &e), OK);
	assert_true(sink.buffer.length < 64);
	memcpy(out, sink.buffer.data, sink.buffer.length + 1);
	sink_clear(&sink);
}

static void expect_shortest(double real)
{
	char made[512], printed[400];
	int digits = 15;

	real_text(real, made);
	assert_true(strpbrk(made, ".e") != NULL);
	assert_true(strtod(made, NULL) == real);
	do
		snprintf(printed, sizeof(printed), "%.*g", digits++, real);
	while (strtod(printed, NULL) != real);
	strcat(printed, strpbrk(printed, ".e") ? "\n" : ".0\n");
	assert_string_equal(made, printed);
}

static void reals_are_shortest_and_round_trip(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		double real, cents, power = pow(10, i % 24 - 8);

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		memcpy(&real, &seed, sizeof(real));
		if (isfinite(real))
			expect_shortest(real);
		cents = (double)(int64_t)(seed >> 24) / 100;
		expect_shortest(cents);
		expect_shortest((double)(seed >> 40) / 1e6 * power);
	}
}

static void no_numbers_have_names(void **state)
{
	char made[512];

	(void)state;
	real_text(NAN, made);
	assert_string_equal(made, "NaN\n");
	real_text(-NAN, made);
	assert_string_equal(made, "NaN\n");
	real_text(INFINITY, made);
	assert_string_equal(made, "Infinity\n");
	real_text(-INFINITY, made);
	assert_string_equal(made, "-Infinity\n");
}

static void reals_know_no_locale(void **state)
{
	char made[512];

	(void)state;
	if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") &&
	    !setlocale(LC_NUMERIC, "fr_FR.UTF-8"))
		skip();
	real_text(0.1 + 0.2, made);
	setlocale(LC_NUMERIC, "C");
	assert_string_equal(made, "0.30000000000000004\n");
}

static void types_shape_json(void **state)
{
	(void)state;
	expect_json(TYPE_BOOLEAN, value_integer(2), "2");
	expect_json(TYPE_BOOLEAN, text("yes"), "\"yes\"");
	expect_json(TYPE_INTEGER, value_integer(1), "1");
	expect_json(TYPE_BLOB, blob("", 0), "\"\"");
	expect_json(TYPE_BLOB, blob("f", 1), "\"Zg==\"");
	expect_json(TYPE_BLOB, blob("fo", 2), "\"Zm8=\"");
	expect_json(TYPE_BLOB, blob("foo", 3), "\"Zm9v\"");
	expect_json(TYPE_BLOB, blob("\xff\xfe\xfd\0", 4), "\"//79AA==\"");
	expect_json(TYPE_TEXT, text("[1]"), "\"[1]\"");
	expect_json(TYPE_TEXT, text("\xff"), "\"\\ufffd\"");
}

static void json_columns_are_embedded(void **state)
{
	static const char *const good[] = {
		"{}",
		" [ ] ",
		"{\"a\" : [1, -2.5e+3,\n true,false , null ] }",
		"\"a b\\n\\u00e9\\uD83D\\ude00 é\"",
		"0",
		"-0.0E-1",
		"12345678901234567890123",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		expect_json(TYPE_JSON, text(good[i]), good[i]);
	expect_json(TYPE_JSON, value_integer(5), "5");
}

static void bad_json_is_a_string(void **state)
{
	static const char *const bad[] = {
		"",         " ",
		"{",        "[1,]",
		"[1 2]",    "{\"a\"}",
		"{\"a\":}", "{\"a\":1,}",
		"{a:1}",    "01",
		"1.",       ".5",
		"+1",       "1e",
		"-",        "tru",
		"nul",      "truex",
		"NaN",      "'a'",
		"[",        "]",
		"1 2",      "[1]]",
		"// x",     "{\"a\":1 \"b\":2}",
		"[1}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		BUFFER(quoted);

		for (const char *p = bad[i]; *p; p++)
			buffer_printf(&quoted, *p == '"' ? "\\%c" : "%c", *p);
		buffer_printf(&quoted, "\"");
		BUFFER(wanted);
		buffer_printf(&wanted, "\"%s", quoted.data);
		expect_json(TYPE_JSON, text(bad[i]), wanted.data);
	}
	expect_json(TYPE_JSON, text("\"\xff\""), "\"\\\"\\ufffd\\\"\"");
	expect_json(TYPE_JSON, text("\"a\nb\""), "\"\\\"a\\nb\\\"\"");
	expect_json(TYPE_JSON, text("\"\\x\""), "\"\\\"\\\\x\\\"\"");
	expect_json(TYPE_JSON, text("\"\\u12g4\""), "\"\\\"\\\\u12g4\\\"\"");
	expect_json(TYPE_JSON, text("\"\\ud800\""), "\"\\\"\\\\ud800\\\"\"");
	expect_json(TYPE_JSON, text("\"\\u0000\""), "\"\\\"\\\\u0000\\\"\"");
}

static void deep_json_is_a_string(void **state)
{
	char deep[100001], shallow[403];

	(void)state;
	memset(deep, '[', sizeof(deep));
	deep[sizeof(deep) - 1] = '\0';
	BUFFER(wanted);
	buffer_printf(&wanted, "\"%s\"", deep);
	expect_json(TYPE_JSON, text(deep), wanted.data);
	strcpy(deep, "\"");
	for (size_t n = 200; n <= 201; n++) {
		memset(shallow, '[', n);
		memset(shallow + n, ']', n);
		strcpy(shallow + 2 * n, "");
		strcpy(deep + 1, shallow);
		strcat(deep, "\"");
		expect_json(TYPE_JSON, text(shallow),
			    n == 200 ? shallow : deep);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_are_exact),
		cmocka_unit_test(reals_stay_reals),
		cmocka_unit_test(reals_are_shortest_and_round_trip),
		cmocka_unit_test(no_numbers_have_names),
		cmocka_unit_test(reals_know_no_locale),
		cmocka_unit_test(types_shape_json),
		cmocka_unit_test(json_columns_are_embedded),
		cmocka_unit_test(bad_json_is_a_string),
		cmocka_unit_test(deep_json_is_a_string),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

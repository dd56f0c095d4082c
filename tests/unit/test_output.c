#include "result.h"

static void each_format_tells_two_people(void **state)
{
	static const struct {
		const char *format, *wanted;
	} cases[] = {
		{ "json", "[{\"id\":1,\"name\":\"Ann \\\"A\\\", x|y\\\\z\","
			  "\"done\":true,\"score\":2.0},\n"
			  " {\"id\":-20,\"name\":\"日本\\n\\u001b[31m\","
			  "\"done\":false,\"score\":null}]\n" },
		{ "jsonl", "{\"id\":1,\"name\":\"Ann \\\"A\\\", x|y\\\\z\","
			   "\"done\":true,\"score\":2.0}\n"
			   "{\"id\":-20,\"name\":\"日本\\n\\u001b[31m\","
			   "\"done\":false,\"score\":null}\n" },
		{ "csv", "id,name,done,score\r\n"
			 "1,\"Ann \"\"A\"\", x|y\\z\",true,2.0\r\n"
			 "-20,\"日本\n\x1b[31m\",false,\r\n" },
		{ "tsv", "id\tname\tdone\tscore\n"
			 "1\tAnn \"A\", x|y\\\\z\ttrue\t2.0\n"
			 "-20\t日本\\n\x1b[31m\tfalse\t\\N\n" },
		{ "markdown", "| id | name | done | score |\n"
			      "| ---: | --- | --- | ---: |\n"
			      "| 1 | Ann \"A\", x\\|y\\\\z | true | 2.0 |\n"
			      "| -20 | 日本\\n\\x1b[31m | false | NULL |\n" },
		{ "line", "   id = 1\n"
			  " name = Ann \"A\", x|y\\\\z\n"
			  " done = true\n"
			  "score = 2.0\n"
			  "\n"
			  "   id = -20\n"
			  " name = 日本\\n\\x1b[31m\n"
			  " done = false\n"
			  "score = NULL\n" },
		{ "text", "Ann is done\n日本 is not\\x1b\n" },
		{ NULL, "Ann is done\n日本 is not\\x1b\n" },
		{ "table", "+-----+-----------------+-------+-------+\n"
			   "|  id | name            | done  | score |\n"
			   "+-----+-----------------+-------+-------+\n"
			   "|   1 | Ann \"A\", x|y\\\\z | true  |   2.0 |\n"
			   "| -20 | 日本\\n\\x1b[31m  | false |  NULL |\n"
			   "+-----+-----------------+-------+-------+\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct result result = two_people(cases[i].format);

		expect(&result, cases[i].wanted);
	}
}

static void an_empty_result_is_one_too(void **state)
{
	static const struct {
		const char *format;
		bool no_header;
		const char *wanted;
	} cases[] = {
		{ "json", false, "[]\n" },
		{ "jsonl", false, "" },
		{ "csv", false, "id,name,done,score\r\n" },
		{ "csv", true, "" },
		{ "tsv", false, "id\tname\tdone\tscore\n" },
		{ "tsv", true, "" },
		{ "line", false, "" },
		{ "text", false, "" },
		{ "table", false,
		  "+----+------+------+-------+\n"
		  "| id | name | done | score |\n"
		  "+----+------+------+-------+\n" },
		{ "table", true, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct result result = two_people(cases[i].format);

		result.nrows = 0;
		result.options.no_header = cases[i].no_header;
		expect(&result, cases[i].wanted);
	}
}

static void one_record_is_an_object(void **state)
{
	struct result result = two_people("json");

	(void)state;
	result.options.columns = "done,id";
	result.nrows = 1;
	result.one = true;
	expect(&result, "{\"done\":true,\"id\":1}\n");
	result.options.format = "jsonl";
	expect(&result, "{\"done\":true,\"id\":1}\n");
	result.options.format = "table";
	expect(&result, "+------+----+\n"
			"| done | id |\n"
			"+------+----+\n"
			"| true |  1 |\n"
			"+------+----+\n");
}

static void null_can_be_worded(void **state)
{
	static const struct output_column column = { .name = "a" };
	const struct value values[] = { value_null(), text("-"), text("") };
	struct result result = {
		.options = { .null = "-", .no_header = true },
		.columns = &column,
		.ncolumns = 1,
		.values = values,
		.nrows = 3,
	};

	(void)state;
	result.options.format = "csv";
	expect(&result, "-\r\n\"-\"\r\n\r\n");
	result.options.format = "tsv";
	expect(&result, "-\n-\n\n");
	result.options.format = "text";
	expect(&result, "-\n-\n\n");
	result.options.format = "json";
	expect(&result, "[{\"a\":null},\n {\"a\":\"-\"},\n {\"a\":\"\"}]\n");
	result.options.null = NULL;
	result.options.format = "csv";
	expect(&result, "\r\n-\r\n\"\"\r\n");
}

static void csv_quotes_what_could_be_misread(void **state)
{
	static const struct output_column column = { .name = "a" };
	const struct value values[] = {
		text(" a"), text("a\t"), text("a b"), text(","), text("\""),
		text("\r"), text("\n"),  text(""),    text(";"),
	};
	const struct result result = {
		.options = { .format = "csv" },
		.columns = &column,
		.ncolumns = 1,
		.values = values,
		.nrows = COUNT(values),
	};

	(void)state;
	expect(&result, "a\r\n\" a\"\r\n\"a\t\"\r\na b\r\n\",\"\r\n"
			"\"\"\"\"\r\n\"\r\"\r\n\"\n\"\r\n\"\"\r\n;\r\n");
}

static void columns_are_chosen(void **state)
{
	static const struct {
		const char *columns, *wanted;
	} cases[] = {
		{ "name,id", "name\tid\n" },
		{ " ID , Name ", "id\tname\n" },
		{ "-name,-score", "id\tdone\n" },
		{ "-id", "name\tdone\tscore\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct result result = two_people("tsv");

		result.nrows = 0;
		result.options.columns = cases[i].columns;
		expect(&result, cases[i].wanted);
	}
}

static void wrong_columns_are_refused(void **state)
{
	static const char hint[] = "columns: id, name, done, score";
	static const char mixed[] =
		"name either the columns to show (a,b) "
		"or those to leave out (-a,-b), not both";
	static const struct {
		const char *columns, *message, *hint;
	} cases[] = {
		{ "nmae", "no column \"nmae\" (did you mean name?)", hint },
		{ "id,xyz", "no column \"xyz\"", hint },
		{ "line", "no column \"line\"", hint },
		{ "", "no column \"\"", hint },
		{ "id,", "no column \"\"", hint },
		{ "id,-name", mixed, "" },
		{ "-id,name", mixed, "" },
		{ "id,id", "column id is named twice", "" },
		{ "-id,-name,-done,-score", "no column is left", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct result result = two_people("csv");

		result.options.columns = cases[i].columns;
		expect_failure(&result, USAGE, cases[i].message, cases[i].hint);
	}
}

static void a_wrong_format_is_refused(void **state)
{
	struct result result = two_people("jsno");

	(void)state;
	expect_failure(&result, USAGE,
		       "no format \"jsno\" (did you mean json?)",
		       "formats: table, text, line, json, jsonl, csv, tsv, "
		       "markdown, insert, chart");
	assert_null(output_format_find("xml"));
	assert_string_equal(output_format_find("csv")->name, "csv");
}

static void asking_for_columns_is_asking_for_values(void **state)
{
	struct result result = two_people(NULL);

	(void)state;
	result.options.columns = "id,done";
	expect(&result, "+-----+-------+\n"
			"|  id | done  |\n"
			"+-----+-------+\n"
			"|   1 | true  |\n"
			"| -20 | false |\n"
			"+-----+-------+\n");
	result.options.format = "text";
	expect(&result, "1\ttrue\n-20\tfalse\n");
}

static void text_alone_is_a_column_elsewhere(void **state)
{
	const struct value values[] = { text("a\tb\nc\x1b\n"), value_null() };
	struct result result = {
		.options = { .format = NULL },
		.columns = &people[4],
		.ncolumns = 1,
		.values = values,
		.nrows = 2,
	};

	(void)state;
	expect(&result, "a\tb\nc\\x1b\n");
	result.options.format = "jsonl";
	expect(&result, "{\"line\":\"a\\tb\\nc\\u001b\\n\"}\n"
			"{\"line\":null}\n");
}

static void a_result_without_columns_is_silent(void **state)
{
	struct result result = { .options = { .format = "json" } };

	(void)state;
	expect(&result, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_format_tells_two_people),
		cmocka_unit_test(an_empty_result_is_one_too),
		cmocka_unit_test(one_record_is_an_object),
		cmocka_unit_test(null_can_be_worded),
		cmocka_unit_test(csv_quotes_what_could_be_misread),
		cmocka_unit_test(columns_are_chosen),
		cmocka_unit_test(wrong_columns_are_refused),
		cmocka_unit_test(a_wrong_format_is_refused),
		cmocka_unit_test(asking_for_columns_is_asking_for_values),
		cmocka_unit_test(text_alone_is_a_column_elsewhere),
		cmocka_unit_test(a_result_without_columns_is_silent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

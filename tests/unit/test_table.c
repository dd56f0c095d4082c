#include "result.h"

#include <stdlib.h>

#define DIM "\033[2m"
#define BOLD "\033[1m"
#define NONE "\033[0m"

static void a_table_can_be_beautiful(void **state)
{
	struct result result = two_people("table");

	(void)state;
	result.options.unicode = true;
	result.options.colour = true;
	result.options.columns = "id,score";
	expect(&result, "┌─────┬───────┐\n"
			"│  " BOLD "id" NONE " │ " BOLD "score" NONE " │\n"
			"├─────┼───────┤\n"
			"│   1 │   2.0 │\n"
			"│ -20 │  " DIM "NULL" NONE " │\n"
			"└─────┴───────┘\n");
	result.options.no_header = true;
	result.options.colour = false;
	result.options.null = "–";
	expect(&result, "┌─────┬─────┐\n"
			"│   1 │ 2.0 │\n"
			"│ -20 │   – │\n"
			"└─────┴─────┘\n");
}

static void a_narrow_terminal_shortens_text(void **state)
{
	struct result result = two_people("table");

	(void)state;
	result.options.columns = "id,name";
	result.options.width = 18;
	expect(&result, "+-----+----------+\n"
			"|  id | name     |\n"
			"+-----+----------+\n"
			"|   1 | Ann \"... |\n"
			"| -20 | 日本...  |\n"
			"+-----+----------+\n");
	result.options.unicode = true;
	expect(&result, "┌─────┬──────────┐\n"
			"│  id │ name     │\n"
			"├─────┼──────────┤\n"
			"│   1 │ Ann \"A\"… │\n"
			"│ -20 │ 日本\\n…  │\n"
			"└─────┴──────────┘\n");
	result.options.width = 1;
	expect(&result, "┌─────┬──────┐\n"
			"│  id │ name │\n"
			"├─────┼──────┤\n"
			"│   1 │ Ann… │\n"
			"│ -20 │ 日…  │\n"
			"└─────┴──────┘\n");
}

static void the_widest_text_is_shortened(void **state)
{
	static const struct output_column columns[] = {
		{ .name = "a", .type = TYPE_TEXT },
		{ .name = "b", .type = TYPE_BLOB },
		{ .name = "n" },
		{ .name = "t" },
	};
	const struct value values[] = {
		text("short"),
		blob("0123456789012345678901234", 25),
		value_integer(1234567890),
		value_null(),
	};
	struct result result = {
		.options = { .format = "table", .width = 41, .unicode = true },
		.columns = columns,
		.ncolumns = 4,
		.values = values,
		.nrows = 1,
	};

	(void)state;
	expect(&result, "┌───────┬───────────┬────────────┬──────┐\n"
			"│ a     │ b         │          n │ t    │\n"
			"├───────┼───────────┼────────────┼──────┤\n"
			"│ short │ MDEyMzQ1… │ 1234567890 │ NULL │\n"
			"└───────┴───────────┴────────────┴──────┘\n");
}

/* SQLite lets any column hold any kind of value. */
static void text_among_numbers_stands_left(void **state)
{
	static const struct output_column columns[] = {
		{ .name = "n", .type = TYPE_INTEGER },
		{ .name = "any" },
	};
	const struct value values[] = {
		text("ten"),
		value_integer(1),
		value_integer(10),
		text("x"),
	};
	struct result result = {
		.options = { .format = "table" },
		.columns = columns,
		.ncolumns = 2,
		.values = values,
		.nrows = 2,
	};

	(void)state;
	expect(&result, "+-----+-----+\n"
			"| n   | any |\n"
			"+-----+-----+\n"
			"| ten | 1   |\n"
			"| 10  | x   |\n"
			"+-----+-----+\n");
}

static void long_rows_are_not_held_back(void **state)
{
	static const struct output_column column = { .name = "a" };
	const struct output_options options = { .format = "table" };
	char *large = calloc(1, 1 << 20);
	struct writer *writer;
	struct value value;
	struct sink sink;
	struct error e;
	ARENA(arena);

	(void)state;
	error_init(&e, &arena);
	sink_init_memory(&sink);
	memset(large, 'x', (1 << 20) - 1);
	value = text(large);
	assert_int_equal(
		writer_new(&options, &column, 1, &sink, &arena, &writer, &e),
		OK);
	assert_int_equal(writer_row(writer, &value, &e), OK);
	assert_int_equal(writer_row(writer, &value, &e), OK);
	assert_true(sink.buffer.length > 0);
	assert_int_equal(writer_end(writer, &e), OK);
	sink_clear(&sink);
	free(large);
}

/* Writes count rows "x" and then one row of last. */
static void write_many(struct result *result, size_t count, const char *last,
		       struct sink *sink)
{
	struct writer *writer;
	struct error e;
	ARENA(arena);

	error_init(&e, &arena);
	sink_init_memory(sink);
	assert_int_equal(writer_new(&result->options, result->columns, 1, sink,
				    &arena, &writer, &e),
			 OK);
	for (size_t i = 0; i < count; i++) {
		struct value value = text("x");

		assert_int_equal(writer_row(writer, &value, &e), OK);
		assert_int_equal(sink->buffer.length > 0, i >= 1000);
	}
	assert_int_equal(writer_row(writer,
				    &(struct value){
					    .kind = VALUE_TEXT,
					    .data = last,
					    .length = strlen(last),
				    },
				    &e),
			 OK);
	assert_int_equal(writer_end(writer, &e), OK);
}

static void a_table_streams_after_its_first_rows(void **state)
{
	static const struct output_column column = { .name = "a" };
	struct result result = {
		.options = { .format = "table" },
		.columns = &column,
	};
	char large[2000] = { 0 };
	struct sink sink;

	(void)state;
	write_many(&result, 999, "wide", &sink);
	assert_int_equal(strncmp(sink.buffer.data, "+------+\n", 9), 0);
	assert_non_null(strstr(sink.buffer.data, "\n| wide |\n"));
	sink_clear(&sink);
	/* To a pipe a wider frame follows the first. */
	write_many(&result, 1000, "wide", &sink);
	assert_int_equal(strncmp(sink.buffer.data, "+---+\n", 6), 0);
	assert_non_null(strstr(sink.buffer.data, "\n| x |\n"
						 "+---+\n"
						 "+-------+\n"
						 "| a     |\n"
						 "+-------+\n"
						 "| wide  |\n"
						 "+-------+\n"));
	sink_clear(&sink);
	/* What is absurdly long sticks out of it. */
	memset(large, 'y', sizeof(large) - 1);
	write_many(&result, 1000, large, &sink);
	assert_null(strstr(sink.buffer.data, "+----"));
	assert_non_null(strstr(sink.buffer.data, large));
	sink_clear(&sink);
	/* To a terminal the room that there is, and no more. */
	result.options.width = 8;
	write_many(&result, 1000, "wide", &sink);
	assert_int_equal(strncmp(sink.buffer.data, "+------+\n", 9), 0);
	assert_non_null(strstr(sink.buffer.data, "\n| wide |\n"));
	sink_clear(&sink);
	write_many(&result, 1000, "wider", &sink);
	assert_non_null(strstr(sink.buffer.data, "\n| w... |\n"));
	sink_clear(&sink);
}

/* Numbers are never cut: not those that follow the first rows either. */
static void keys_that_grow_keep_their_frame(void **state)
{
	static const struct output_column columns[] = {
		{ .name = "id", .type = TYPE_INTEGER },
		{ .name = "name", .type = TYPE_TEXT },
	};
	struct output_options options = { .format = "table", .width = 20 };

	(void)state;
	for (int piped = 0; piped < 2; piped++) {
		struct writer *writer;
		struct sink sink;
		struct error e;
		ARENA(arena);

		options.width = piped ? 0 : 20;
		error_init(&e, &arena);
		sink_init_memory(&sink);
		assert_int_equal(writer_new(&options, columns, 2, &sink, &arena,
					    &writer, &e),
				 OK);
		for (int64_t i = 1; i <= 10000000; i += i < 1100 ? 1 : i) {
			struct value row[] = { value_integer(i),
					       value_text("name name") };

			assert_int_equal(writer_row(writer, row, &e), OK);
		}
		assert_int_equal(writer_end(writer, &e), OK);
		/* Every line is as long as the border above it. */
		for (char *line = sink.buffer.data, *end, *border = NULL;
		     (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			if (*line == '+')
				border = line;
			assert_int_equal(strlen(line), strlen(border));
			assert_true(piped || strlen(line) <= 20);
		}
		sink_clear(&sink);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_can_be_beautiful),
		cmocka_unit_test(a_narrow_terminal_shortens_text),
		cmocka_unit_test(the_widest_text_is_shortened),
		cmocka_unit_test(text_among_numbers_stands_left),
		cmocka_unit_test(long_rows_are_not_held_back),
		cmocka_unit_test(a_table_streams_after_its_first_rows),
		cmocka_unit_test(keys_that_grow_keep_their_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

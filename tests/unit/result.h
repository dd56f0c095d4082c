/* What the tests of output/ share: a result, and what a format makes of it. */
#ifndef UNIT_RESULT_H
#define UNIT_RESULT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "output/writer.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static inline struct value text(const char *bytes)
{
	return value_text(bytes);
}

static inline struct value blob(const char *bytes, size_t length)
{
	struct value value = value_bytes(bytes, length);

	value.kind = VALUE_BLOB;
	return value;
}

/* A result and what a format makes of it. */
struct result {
	struct output_options options;
	const struct output_column *columns;
	size_t ncolumns;
	const struct value *values;
	size_t nrows;
	bool one;
};

static inline enum status write_result(const struct result *result,
				       struct sink *sink, struct arena *arena,
				       struct error *e)
{
	struct writer *writer;

	if (writer_new(&result->options, result->columns, result->ncolumns,
		       sink, arena, &writer, e) != OK)
		return e->status;
	if (result->one)
		writer_mark_single(writer);
	for (size_t i = 0; i < result->nrows; i++)
		if (writer_row(writer, result->values + i * result->ncolumns,
			       e) != OK)
			return e->status;
	return writer_end(writer, e);
}

static inline void expect(const struct result *result, const char *wanted)
{
	struct sink sink;
	struct error e;
	ARENA(arena);

	error_init(&e, &arena);
	sink_init_memory(&sink);
	assert_int_equal(write_result(result, &sink, &arena, &e), OK);
	assert_string_equal(buffer_string(&sink.buffer), wanted);
	assert_int_equal(sink.buffer.length, strlen(wanted));
	sink_clear(&sink);
}

static inline void expect_failure(const struct result *result,
				  enum status status, const char *message,
				  const char *hint)
{
	struct sink sink;
	struct error e;
	ARENA(arena);

	error_init(&e, &arena);
	sink_init_memory(&sink);
	assert_int_equal(write_result(result, &sink, &arena, &e), status);
	assert_string_equal(error_sentence(&e), message);
	assert_string_equal(e.hint ? e.hint : "", hint);
	assert_int_equal(sink.buffer.length, 0);
	sink_clear(&sink);
}

static const struct output_column people[] = {
	{ .name = "id", .type = TYPE_INTEGER },
	{ .name = "name", .type = TYPE_TEXT },
	{ .name = "done", .type = TYPE_BOOLEAN },
	{ .name = "score", .type = TYPE_REAL },
	{ .name = "line", .type = TYPE_TEXT, .flags = COLUMN_TEXT },
};

/* Two people, one of them awkward. */
static inline struct result two_people(const char *format)
{
	static struct value values[2][COUNT(people)];
	const struct result result = {
		.options = { .format = format },
		.columns = people,
		.ncolumns = COUNT(people),
		.values = values[0],
		.nrows = 2,
	};

	values[0][0] = value_integer(1);
	values[0][1] = text("Ann \"A\", x|y\\z");
	values[0][2] = value_integer(1);
	values[0][3] = value_real(2);
	values[0][4] = text("Ann is done");
	values[1][0] = value_integer(-20);
	values[1][1] = text("日本\n\x1b[31m");
	values[1][2] = value_integer(0);
	values[1][3] = value_null();
	values[1][4] = text("日本 is not\x1b");
	return result;
}

#endif

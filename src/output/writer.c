#include "output/format.h"

#include <assert.h>

#include "output/recording.h"
#include "util/packed.h"
#include "util/text.h"

/* The table is laid out by hand. */
/* clang-format off */

#define PLAIN "text/plain; charset=utf-8"

const struct output_format output_formats[] = {
	{ .name = "table", .media_type = PLAIN,
	  .summary = "a table with lines around its cells",
	  .begin = table_begin, .row = table_row, .end = table_end,
	  .says_none = true },
	{ .name = "text", .media_type = PLAIN,
	  .summary = "plain lines, values separated by tabs",
	  .row = text_row },
	{ .name = "line", .media_type = PLAIN,
	  .summary = "one value per line, with its name",
	  .begin = line_begin, .row = line_row,
	  .says_none = true },
	{ .name = "json", .media_type = MEDIA_JSON,
	  .summary = "an array of objects, or one object",
	  .begin = json_begin, .row = json_row, .end = json_end,
	  .nests = true },
	{ .name = "jsonl", .media_type = "application/jsonl",
	  .summary = "one JSON object per line",
	  .begin = jsonl_begin, .row = jsonl_row, .nests = true },
	{ .name = "csv", .media_type = "text/csv; charset=utf-8",
	  .summary = "comma-separated values (RFC 4180)",
	  .begin = csv_begin, .row = csv_row },
	{ .name = "tsv",
	  .media_type = "text/tab-separated-values; charset=utf-8",
	  .summary = "tab-separated values",
	  .begin = tsv_begin, .row = tsv_row },
	{ .name = "markdown", .media_type = "text/markdown; charset=utf-8",
	  .summary = "a table in GitHub's Markdown",
	  .begin = markdown_begin, .row = markdown_row },
	{ .name = "insert", .media_type = "application/sql",
	  .summary = "SQL that inserts the rows",
	  .row = insert_row },
	{ .name = "chart", .media_type = PLAIN,
	  .summary = "a bar for each row, as long as its last column",
	  .begin = chart_begin, .row = chart_row, .end = chart_end,
	  .says_none = true },
	{ .name = NULL },
};

/* clang-format on */

const struct output_format *output_format_find(const char *name)
{
	for (const struct output_format *f = output_formats; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

enum status output_format_get(const char *name,
			      const struct output_format **out, struct error *e)
{
	struct close_names close;
	BUFFER(all);

	*out = output_format_find(name);
	if (*out)
		return OK;
	close_names_init(&close, name);
	for (const struct output_format *f = output_formats; f->name; f++) {
		close_names_offer(&close, f->name);
		buffer_item(&all, f->name);
	}
	fail(e, USAGE, "no format \"%s\"", name);
	error_hint(e, "formats: %s", buffer_string(&all));
	close_names_suggest(&close, e);
	return USAGE;
}

/* With --columns the columns are wanted, not the line for people. */
static const char *default_format(const struct output_options *options,
				  const struct output_column *columns,
				  size_t ncolumns)
{
	for (size_t i = 0; i < ncolumns && !options->columns; i++)
		if (columns[i].flags & COLUMN_TEXT)
			return "text";
	return "table";
}

enum status writer_new(const struct output_options *options,
		       const struct output_column *columns, size_t ncolumns,
		       struct sink *sink, struct arena *arena,
		       struct writer **out, struct error *e)
{
	struct writer *writer = arena_zero(arena, sizeof(*writer));
	const char *name = options->format;

	if (!name)
		name = default_format(options, columns, ncolumns);
	if (output_format_get(name, &writer->format, e) != OK)
		return e->status;
	writer->options = options;
	writer->sink = sink;
	writer->arena = arena;
	if (ncolumns && columns_pick(writer, columns, ncolumns, e) != OK)
		return e->status;
	*out = writer;
	return OK;
}

void writer_mark_single(struct writer *writer)
{
	assert(!writer->started);
	writer->one = true;
	if (writer->recording)
		writer->recording->one = true;
}

void writer_record(struct writer *writer, struct recording *recording)
{
	writer->recording = recording;
}

static bool shows_unchanged(const struct writer *writer)
{
	for (size_t i = 0; i < writer->ncolumns; i++)
		if (writer->places[i] != i || writer->steps[i] ||
		    (writer->inner[i] && !writer->format->nests))
			return false;
	return true;
}

static enum status writer_start(struct writer *writer, struct error *e)
{
	if (writer->started)
		return OK;
	writer->started = true;
	writer->unchanged = shows_unchanged(writer);
	return writer->format->begin ? writer->format->begin(writer, e) : OK;
}

/* A value in rows within a row; NULL where that has none. */
static struct value follow_steps(struct value value, const struct step *step)
{
	for (; step->width; step++) {
		struct packed packed = packed_open(value);

		for (size_t i = 0; i <= step->place; i++)
			if (!packed_next(&packed, &value))
				return value_null();
	}
	return value;
}

/* Rows as text, which is kept until the next row. */
static struct value rows_text(struct writer *writer, size_t i,
			      struct value value)
{
	struct buffer *kept = &writer->texts[i];
	BUFFER(text);

	json_rows(&text, writer->inner[i], value, true);
	if (text.length > kept->capacity) {
		kept->capacity = 2 * text.length;
		kept->data = arena_alloc(writer->arena, kept->capacity);
	}
	memcpy(kept->data, text.data, text.length);
	return value_bytes(kept->data, text.length);
}

static struct value shown_value(struct writer *writer, size_t i,
				const struct value *values)
{
	struct value value = values[writer->places[i]];

	if (writer->steps[i])
		value = follow_steps(value, writer->steps[i]);
	return writer->inner[i] && !writer->format->nests
		       ? rows_text(writer, i, value)
		       : value;
}

enum status writer_row(struct writer *writer, const struct value *values,
		       struct error *e)
{
	enum status status;

	assert(writer->ncolumns);
	assert(!writer->one || !writer->nrows);
	if (writer_start(writer, e) != OK)
		return e->status;
	if (writer->recording)
		recording_row(writer->recording, values);
	for (size_t i = 0; i < writer->ncolumns && !writer->unchanged; i++)
		writer->values[i] = shown_value(writer, i, values);
	status = writer->format->row(
		writer, writer->unchanged ? values : writer->values, e);
	writer->nrows++;
	return status == OK ? sink_flush_if_full(writer->sink, e) : status;
}

/* An empty frame looks like an error to a reader. */
static void note_empty(const struct writer *writer)
{
	if (writer->options->terminal && !writer->nrows &&
	    writer->format->says_none)
		buffer_text(writer_buffer(writer), "(0 rows)\n");
}

size_t writer_count(const struct writer *writer)
{
	return writer->nrows;
}

/* Without columns the operation only acts: nothing is written. */
enum status writer_end(struct writer *writer, struct error *e)
{
	if (writer->ncolumns) {
		if (writer_start(writer, e) != OK)
			return e->status;
		if (writer->format->end && writer->format->end(writer, e) != OK)
			return e->status;
		note_empty(writer);
	}
	return sink_flush(writer->sink, e);
}

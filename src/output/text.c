/* The other formats for people: text, line and markdown. */
#include "output/format.h"

#include "util/text.h"

/* Adds text as text_visible, but keeps line ends and tabs. */
static void add_lines(struct buffer *buffer, const char *text, size_t length)
{
	size_t done = 0;

	for (size_t i = 0; i <= length; i++) {
		if (i < length && text[i] != '\n' && text[i] != '\t')
			continue;
		text_visible(buffer, text + done, i - done);
		if (i < length)
			buffer_byte(buffer, text[i]);
		done = i + 1;
	}
}

static void text_message(const struct writer *writer, struct buffer *buffer,
			 struct value value)
{
	if (value.kind == VALUE_BLOB && !writer->options->terminal)
		buffer_add(buffer, value.data, value.length);
	else if (value.kind == VALUE_TEXT || value.kind == VALUE_BLOB)
		add_lines(buffer, value.data, value.length);
	else
		return;
	if (!value.length || value.data[value.length - 1] != '\n')
		buffer_byte(buffer, '\n');
}

/*
 * A line made for people is written as is.  Otherwise the bare values,
 * separated by tabs, for $(…).
 */
enum status text_row(struct writer *writer, const struct value *values,
		     struct error *e)
{
	struct buffer *buffer = writer_buffer(writer);

	(void)e;
	if (writer->columns[0]->flags & COLUMN_TEXT) {
		text_message(writer, buffer, values[0]);
		return OK;
	}
	cell_line(writer, values, writer_null(writer, ""), cell_visible);
	return OK;
}

static size_t name_width(const struct output_column *column)
{
	return text_width(column->name, strlen(column->name));
}

enum status line_begin(struct writer *writer, struct error *e)
{
	size_t *widest = arena_zero(writer->arena, sizeof(*widest));

	(void)e;
	for (size_t i = 0; i < writer->ncolumns; i++)
		if (name_width(writer->columns[i]) > *widest)
			*widest = name_width(writer->columns[i]);
	writer->state = widest;
	return OK;
}

static void line_null(struct writer *writer)
{
	struct buffer *buffer = writer_buffer(writer);

	buffer_text(buffer, paint(writer, PAINT_DIM));
	buffer_text(buffer, writer_null(writer, "NULL"));
	buffer_text(buffer, paint(writer, PAINT_NONE));
}

enum status line_row(struct writer *writer, const struct value *values,
		     struct error *e)
{
	struct buffer *buffer = writer_buffer(writer);
	const size_t *widest = writer->state;

	(void)e;
	if (writer->nrows)
		buffer_byte(buffer, '\n');
	for (size_t i = 0; i < writer->ncolumns; i++) {
		const struct output_column *column = writer->columns[i];

		for (size_t n = name_width(column); n < *widest; n++)
			buffer_byte(buffer, ' ');
		text_show(buffer, column->name);
		buffer_text(buffer, " = ");
		if (values[i].kind == VALUE_NULL)
			line_null(writer);
		else
			cell_value(buffer, column, values[i], cell_visible);
		buffer_byte(buffer, '\n');
	}
	return OK;
}

/* In GitHub's Markdown a bar separates cells even after an even number of \. */
static void markdown_text(struct buffer *buffer, const char *text,
			  size_t length)
{
	size_t done = 0;

	for (size_t i = 0; i < length; i++) {
		if (text[i] != '|' && text[i] != '\\')
			continue;
		text_visible(buffer, text + done, i - done);
		buffer_byte(buffer, '\\');
		done = i;
	}
	text_visible(buffer, text + done, length - done);
}

enum status markdown_begin(struct writer *writer, struct error *e)
{
	struct buffer *buffer = writer_buffer(writer);

	(void)e;
	for (size_t i = 0; i < writer->ncolumns; i++) {
		const char *name = writer->columns[i]->name;

		buffer_text(buffer, "| ");
		markdown_text(buffer, name, strlen(name));
		buffer_byte(buffer, ' ');
	}
	buffer_text(buffer, "|\n");
	for (size_t i = 0; i < writer->ncolumns; i++)
		buffer_text(buffer, type_is_number(writer->columns[i]->type)
					    ? "| ---: "
					    : "| --- ");
	buffer_text(buffer, "|\n");
	return OK;
}

enum status markdown_row(struct writer *writer, const struct value *values,
			 struct error *e)
{
	struct buffer *buffer = writer_buffer(writer);

	(void)e;
	for (size_t i = 0; i < writer->ncolumns; i++) {
		const char *null = writer_null(writer, "NULL");

		buffer_text(buffer, "| ");
		if (values[i].kind == VALUE_NULL)
			markdown_text(buffer, null, strlen(null));
		else
			cell_value(buffer, writer->columns[i], values[i],
				   markdown_text);
		buffer_byte(buffer, ' ');
	}
	buffer_text(buffer, "|\n");
	return OK;
}

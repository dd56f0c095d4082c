#include "output/format.h"
#include "output/table.h"

#include "util/base64.h"
#include "util/text.h"

enum { URL_MOST = 2000 }; /* terminals ignore a longer link */

#define LINK(url) "\033]8;;" url "\033\\"

const struct table_style table_unicode = {
	.top = { "┌", "─", "┬", "┐" },
	.middle = { "├", "─", "┼", "┤" },
	.bottom = { "└", "─", "┴", "┘" },
	.bar = "│",
	.ellipsis = "…",
	.ellipsis_width = 1,
};

const struct table_style table_ascii = {
	.top = { "+", "-", "+", "+" },
	.middle = { "+", "-", "+", "+" },
	.bottom = { "+", "-", "+", "+" },
	.bar = "|",
	.ellipsis = "...",
	.ellipsis_width = 3,
};

size_t table_value_width(struct writer *writer, size_t i, struct value value)
{
	/* Borrows space after the buffer's end. */
	struct buffer *buffer = &writer->sink->buffer;
	const char *null = writer_null(writer, "NULL");
	size_t length = buffer->length, width;

	if (value.kind == VALUE_NULL)
		return text_width(null, strlen(null));
	if (value.kind == VALUE_TEXT)
		return cell_width(value.data, value.length);
	if (value.kind == VALUE_BLOB)
		return (value.length + 2) / 3 * 4;
	cell_value(buffer, writer->columns[i], value, text_visible);
	width = buffer->length - length;
	buffer->length = length;
	return width;
}

static void add_repeated(struct buffer *buffer, const char *text, size_t count)
{
	const size_t length = strlen(text), size = count * length;
	char *out = buffer_reserve(buffer, size);

	/* What is there is copied to what follows, twice as much each time. */
	memcpy(out, text, size ? length : 0);
	for (size_t done = length; done < size; done *= 2)
		memcpy(out + done, out,
		       done < size - done ? done : size - done);
	buffer->length += size;
	out[size] = '\0';
}

static void add_spaces(struct buffer *buffer, size_t count)
{
	add_repeated(buffer, " ", count);
}

void table_draw_border(struct writer *writer, const struct border *border)
{
	struct buffer *buffer = writer_buffer(writer);
	const struct table_layout *table = writer->state;

	for (size_t i = 0; i < writer->ncolumns; i++) {
		buffer_text(buffer, i ? border->cross : border->left);
		add_repeated(buffer, border->dash, table->columns[i].width + 2);
	}
	buffer_text(buffer, border->right);
	buffer_byte(buffer, '\n');
}

/* Adds text, shortened if the terminal is too narrow. */
static size_t draw_text(struct writer *writer, const char *text, size_t length,
			size_t width, size_t most)
{
	const struct table_layout *table = writer->state;
	struct buffer *buffer = writer_buffer(writer);
	size_t head;

	if (!writer->options->width || width <= most ||
	    most < table->style->ellipsis_width) {
		text_visible(buffer, text, length);
		return width;
	}
	most -= table->style->ellipsis_width;
	head = text_cut(text, length, most);
	text_visible(buffer, text, head);
	buffer_text(buffer, table->style->ellipsis);
	return text_width(text, head) + table->style->ellipsis_width;
}

static bool begins_with(const char *text, size_t length, const char *begin)
{
	return length > strlen(begin) &&
	       memcmp(text, begin, strlen(begin)) == 0;
}

/* Whether text is a URL of the web that is safe to send to a terminal. */
static bool is_url(const char *text, size_t length)
{
	if (length > URL_MOST || (!begins_with(text, length, "https://") &&
				  !begins_with(text, length, "http://")))
		return false;
	for (size_t i = 0; i < length; i++)
		if (text[i] <= ' ' || text[i] > '~' || text[i] == '\\')
			return false;
	return true;
}

/* Adds text with any backslashes doubled. */
static size_t add_cell(struct writer *writer, struct value value, size_t width,
		       size_t most)
{
	BUFFER(doubled);

	if (!value.length || !memchr(value.data, '\\', value.length))
		return draw_text(writer, value.data, value.length, width, most);
	for (size_t i = 0; i < value.length; i++) {
		if (value.data[i] == '\\')
			buffer_byte(&doubled, '\\');
		buffer_byte(&doubled, value.data[i]);
	}
	return draw_text(writer, doubled.data, doubled.length, width, most);
}

/* A terminal recognizes a URL by itself, unless it is shortened: such a one is
   marked as a link (OSC 8). */
static size_t add_linked(struct writer *writer, struct value value,
			 size_t width, size_t most)
{
	struct buffer *buffer = writer_buffer(writer);
	bool linked = writer->options->terminal && writer->options->colour &&
		      width > most && is_url(value.data, value.length);

	if (linked)
		buffer_printf(buffer, LINK("%.*s"), (int)value.length,
			      value.data);
	width = add_cell(writer, value, width, most);
	if (linked)
		buffer_text(buffer, LINK(""));
	return width;
}

/* The beginning is enough if the rest is cut off. */
static size_t add_blob(struct writer *writer, struct value value, size_t width,
		       size_t most)
{
	BUFFER(digits);
	bool cut = writer->options->width && width > most;
	size_t length = cut && value.length > most ? most : value.length;

	base64_encode(&digits, value.data, length);
	return draw_text(writer, digits.data, digits.length, width, most);
}

static size_t add_null(struct writer *writer, size_t width, size_t most)
{
	const char *null = writer_null(writer, "NULL");
	size_t drawn;

	buffer_text(writer_buffer(writer), paint(writer, PAINT_DIM));
	drawn = draw_text(writer, null, strlen(null), width, most);
	buffer_text(writer_buffer(writer), paint(writer, PAINT_NONE));
	return drawn;
}

static size_t add_value(struct writer *writer, size_t i, struct value value,
			size_t width)
{
	const struct table_layout *table = writer->state;
	size_t most = table->columns[i].width;

	switch (value.kind) {
	case VALUE_NULL:
		return add_null(writer, width, most);
	case VALUE_TEXT:
		return add_linked(writer, value, width, most);
	case VALUE_BLOB:
		return add_blob(writer, value, width, most);
	case VALUE_INTEGER:
	case VALUE_REAL:
		break;
	}
	/* A shortened number would be another number. */
	cell_value(writer_buffer(writer), writer->columns[i], value, NULL);
	return width;
}

/* The bar left of a cell, and blanks up to its text. */
static void begin_cell(struct writer *writer, size_t i, size_t width)
{
	const struct table_layout *table = writer->state;
	const struct table_column *column = &table->columns[i];
	struct buffer *buffer = writer_buffer(writer);

	buffer_text(buffer, table->style->bar);
	buffer_byte(buffer, ' ');
	if (column->right && width < column->width)
		add_spaces(buffer, column->width - width);
}

static void end_cell(struct writer *writer, size_t i, size_t width)
{
	const struct table_layout *table = writer->state;
	const struct table_column *column = &table->columns[i];
	struct buffer *buffer = writer_buffer(writer);

	if (!column->right && width < column->width)
		add_spaces(buffer, column->width - width);
	buffer_byte(buffer, ' ');
}

static void end_row(struct writer *writer)
{
	const struct table_layout *table = writer->state;

	buffer_text(writer_buffer(writer), table->style->bar);
	buffer_byte(writer_buffer(writer), '\n');
}

void table_draw_header(struct writer *writer)
{
	const struct table_layout *table = writer->state;

	for (size_t i = 0; i < writer->ncolumns; i++) {
		const char *name = writer->columns[i]->name;
		size_t length = strlen(name);
		size_t width = text_width(name, length);

		begin_cell(writer, i, width);
		buffer_text(writer_buffer(writer), paint(writer, PAINT_BOLD));
		width = draw_text(writer, name, length, width,
				  table->columns[i].width);
		buffer_text(writer_buffer(writer), paint(writer, PAINT_NONE));
		end_cell(writer, i, width);
	}
	end_row(writer);
}

void table_measure_row(struct writer *writer, const struct value *values)
{
	const struct table_layout *table = writer->state;

	for (size_t i = 0; i < writer->ncolumns; i++)
		table->columns[i].needed = table_value_width(writer, i,
							     values[i]);
}

void table_draw_row(struct writer *writer, const struct value *values)
{
	const struct table_layout *table = writer->state;

	for (size_t i = 0; i < writer->ncolumns; i++) {
		size_t width = table->columns[i].needed;

		begin_cell(writer, i, width);
		width = add_value(writer, i, values[i], width);
		end_cell(writer, i, width);
	}
	end_row(writer);
}

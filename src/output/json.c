#include "output/format.h"

#include "util/base64.h"
#include "util/text.h"

/* A column's part of every record: {"name": of the first, ,"name": else. */
struct prefix {
	const char *text;
	size_t length;
};

static void make_prefixes(struct writer *writer)
{
	struct prefix *prefixes = arena_array(writer->arena, writer->ncolumns,
					      sizeof(*prefixes));

	for (size_t i = 0; i < writer->ncolumns; i++) {
		const char *name = writer->columns[i]->name;
		BUFFER(buffer);

		buffer_byte(&buffer, i ? ',' : '{');
		text_json(&buffer, name, strlen(name));
		buffer_byte(&buffer, ':');
		prefixes[i].text = arena_copy_n(writer->arena, buffer.data,
						buffer.length);
		prefixes[i].length = buffer.length;
	}
	writer->state = prefixes;
}

static void json_real(struct buffer *buffer, double real)
{
	/* x - x is NaN for what JSON has no number for. */
	if (real - real == 0)
		cell_real(buffer, real);
	else
		buffer_text(buffer, "null");
}

static void json_text(struct buffer *buffer, const struct output_column *column,
		      struct value value)
{
	if (column->type == TYPE_JSON &&
	    json_embed(buffer, value.data, value.length))
		return;
	text_json(buffer, value.data, value.length);
}

static void json_value(struct buffer *buffer,
		       const struct output_column *column, struct value value)
{
	const char *boolean;

	switch (value.kind) {
	case VALUE_NULL:
		buffer_text(buffer, "null");
		return;
	case VALUE_INTEGER:
		boolean = cell_boolean(column, value);
		if (boolean)
			buffer_text(buffer, boolean);
		else
			cell_integer(buffer, value.integer);
		return;
	case VALUE_REAL:
		json_real(buffer, value.real);
		return;
	case VALUE_TEXT:
		json_text(buffer, column, value);
		return;
	case VALUE_BLOB:
		buffer_byte(buffer, '"');
		base64_encode(buffer, value.data, value.length);
		buffer_byte(buffer, '"');
		return;
	}
}

static void json_record(struct writer *writer, struct buffer *buffer,
			const struct value *values)
{
	const struct prefix *prefixes = writer->state;

	for (size_t i = 0; i < writer->ncolumns; i++) {
		buffer_add(buffer, prefixes[i].text, prefixes[i].length);
		json_value(buffer, writer->columns[i], values[i]);
	}
	buffer_byte(buffer, '}');
}

enum status json_begin(struct writer *writer, struct error *e)
{
	(void)e;
	make_prefixes(writer);
	if (!writer->one)
		buffer_byte(writer_buffer(writer), '[');
	return OK;
}

enum status json_row(struct writer *writer, const struct value *values,
		     struct error *e)
{
	struct buffer *buffer = writer_buffer(writer);

	(void)e;
	if (writer->nrows)
		buffer_text(buffer, ",\n ");
	json_record(writer, buffer, values);
	return OK;
}

enum status json_end(struct writer *writer, struct error *e)
{
	struct buffer *buffer = writer_buffer(writer);

	(void)e;
	if (!writer->one)
		buffer_text(buffer, "]\n");
	else
		buffer_text(buffer, writer->nrows ? "\n" : "null\n");
	return OK;
}

enum status jsonl_begin(struct writer *writer, struct error *e)
{
	(void)e;
	make_prefixes(writer);
	return OK;
}

enum status jsonl_row(struct writer *writer, const struct value *values,
		      struct error *e)
{
	struct buffer *buffer = writer_buffer(writer);

	(void)e;
	json_record(writer, buffer, values);
	buffer_byte(buffer, '\n');
	return OK;
}

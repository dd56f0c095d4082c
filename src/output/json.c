#include "output/format.h"

#include <math.h>

#include "output/tag.h"
#include "util/base64.h"
#include "util/packed.h"
#include "util/text.h"

/* A column's part of every record: {"name": of the first, ,"name": else. */
struct prefix {
	const char *text;
	size_t length;
};

static void add_prefix(struct buffer *buffer, size_t i, const char *name)
{
	buffer_byte(buffer, i ? ',' : '{');
	text_json(buffer, name, strlen(name));
	buffer_byte(buffer, ':');
}

static void make_prefixes(struct writer *writer)
{
	struct prefix *prefixes = arena_array(writer->arena, writer->ncolumns,
					      sizeof(*prefixes));
	const char *text;
	BUFFER(all);

	for (size_t i = 0; i < writer->ncolumns; i++) {
		const size_t start = all.length;

		add_prefix(&all, i, writer->columns[i]->name);
		prefixes[i].length = all.length - start;
	}
	text = arena_copy_n(writer->arena, all.data, all.length);
	for (size_t i = 0; i < writer->ncolumns; i++) {
		prefixes[i].text = text;
		text += prefixes[i].length;
	}
	writer->state = prefixes;
}

void cell_json_real(struct buffer *buffer, double real)
{
	if (isnan(real))
		buffer_text(buffer, "null");
	else if (isinf(real))
		buffer_text(buffer, real < 0 ? "-9e999" : "9e999");
	else
		cell_real(buffer, real);
}

/* Most values are integers, or texts that are quoted and that is all. */
static bool add_plain(struct buffer *buffer, enum type type,
		      const struct value *value)
{
	if (value->kind == VALUE_INTEGER && type == TYPE_INTEGER) {
		cell_integer(buffer, value->integer);
		return true;
	}
	return value->kind == VALUE_TEXT &&
	       (type == TYPE_TEXT || type == TYPE_ANY) &&
	       text_json_plain(buffer, value->data, value->length);
}

static void json_text(struct buffer *buffer, const struct output_column *column,
		      struct value value)
{
	if (column->type == TYPE_JSON && json_check(value.data, value.length))
		buffer_add(buffer, value.data, value.length);
	else
		text_json(buffer, value.data, value.length);
}

/* one_line: of JSON Lines. */
static void json_value(struct buffer *buffer,
		       const struct output_column *column,
		       const struct value *value, bool one_line)
{
	if (add_plain(buffer, column->type, value))
		return;
	if (column->flags & COLUMN_STORED &&
	    tag_needed(column->type, *value, one_line)) {
		tag_write(buffer, *value);
		return;
	}
	switch (value->kind) {
	case VALUE_NULL:
		buffer_text(buffer, "null");
		return;
	case VALUE_INTEGER:
		cell_value(buffer, column, *value, NULL);
		return;
	case VALUE_REAL:
		cell_json_real(buffer, value->real);
		return;
	case VALUE_TEXT:
		json_text(buffer, column, *value);
		return;
	case VALUE_BLOB:
		buffer_byte(buffer, '"');
		base64_encode(buffer, value->data, value->length);
		buffer_byte(buffer, '"');
		return;
	}
}

static void json_inner_row(struct buffer *buffer, const struct level *level,
			   bool one_line)
{
	for (size_t i = 0; i < level->ncolumns; i++) {
		const struct output_column *column = level->columns[i];
		const struct value *value = &level->values[level->places[i]];

		add_prefix(buffer, i, column->name);
		if (level->inner[i])
			json_rows(buffer, level->inner[i], *value, one_line);
		else
			json_value(buffer, column, value, one_line);
	}
	buffer_byte(buffer, '}');
}

void json_rows(struct buffer *buffer, const struct level *level,
	       struct value value, bool one_line)
{
	struct packed packed = packed_open(value);
	size_t place = 0, count = 0;

	buffer_text(buffer, level->many ? "[" : "");
	while (packed_next(&packed, &level->values[place])) {
		if (++place < level->width)
			continue;
		place = 0;
		buffer_text(buffer, count++ ? "," : "");
		json_inner_row(buffer, level, one_line);
	}
	buffer_text(buffer, level->many ? "]" : count ? "" : "null");
}

static void json_record(struct writer *writer, struct buffer *buffer,
			const struct value *values, bool one_line)
{
	const struct prefix *prefixes = writer->state;

	for (size_t i = 0; i < writer->ncolumns; i++) {
		if (prefixes)
			buffer_add(buffer, prefixes[i].text,
				   prefixes[i].length);
		else
			add_prefix(buffer, i, writer->columns[i]->name);
		if (writer->inner[i])
			json_rows(buffer, writer->inner[i], values[i],
				  one_line);
		else
			json_value(buffer, writer->columns[i], &values[i],
				   one_line);
	}
	buffer_byte(buffer, '}');
}

enum status json_begin(struct writer *writer, struct error *e)
{
	(void)e;
	if (writer->one)
		return OK;
	make_prefixes(writer);
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
	json_record(writer, buffer, values, false);
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
	json_record(writer, buffer, values, true);
	buffer_byte(buffer, '\n');
	return OK;
}

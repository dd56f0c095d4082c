/*
 * The table: its first rows are held back until they tell how wide the
 * columns have to be; all others follow as they come.
 */
#include "output/format.h"
#include "output/table.h"

#include "util/text.h"

enum {
	HELD_ROWS = 1000,
	HELD_BYTES = 1024 * 1024,
	WIDTH_LEAST = 4, /* no column is shortened further */
};

static bool is_text(struct value value)
{
	return value.kind == VALUE_TEXT || value.kind == VALUE_BLOB;
}

static size_t name_width(const struct output_column *column)
{
	return text_width(column->name, strlen(column->name));
}

enum status table_begin(struct writer *writer, struct error *e)
{
	struct table *table = arena_zero(writer->arena, sizeof(*table));
	size_t n = writer->ncolumns;

	(void)e;
	table->style = writer->options->unicode ? &table_unicode : &table_ascii;
	table->columns = arena_array(writer->arena, n, sizeof(*table->columns));
	for (size_t i = 0; i < n && !writer->options->no_header; i++)
		table->columns[i].width = name_width(writer->columns[i]);
	writer->state = table;
	return OK;
}

static struct value copy_value(struct writer *writer, struct value value)
{
	struct table *table = writer->state;

	if (!is_text(value))
		return value;
	table->bytes += value.length;
	value.data = arena_copy_n(writer->arena, value.data, value.length);
	return value;
}

static void hold_row(struct writer *writer, const struct value *values)
{
	struct table *table = writer->state;
	struct value **row = LIST_ADD(writer->arena, table->rows, table->nrows);

	table->bytes += writer->ncolumns * sizeof(**row);
	*row = arena_array(writer->arena, writer->ncolumns, sizeof(**row));
	for (size_t i = 0; i < writer->ncolumns; i++) {
		struct table_column *column = &table->columns[i];
		size_t width = table_value_width(writer, i, values[i]);

		(*row)[i] = copy_value(writer, values[i]);
		if (width > column->width)
			column->width = width;
		column->text |= is_text(values[i]);
		column->number |= values[i].kind == VALUE_INTEGER ||
				  values[i].kind == VALUE_REAL;
	}
}

/* Numbers stand right: where they are declared, or all that there is. */
static void place_columns(struct writer *writer)
{
	struct table *table = writer->state;

	for (size_t i = 0; i < writer->ncolumns; i++) {
		struct table_column *column = &table->columns[i];
		enum type type = writer->columns[i]->type;

		column->right = !column->text &&
				(type_is_number(type) ||
				 (type == TYPE_ANY && column->number));
	}
}

static size_t table_width(const struct writer *writer, size_t most)
{
	const struct table *table = writer->state;
	size_t width = 1;

	for (size_t i = 0; i < writer->ncolumns; i++) {
		const struct table_column *column = &table->columns[i];
		bool cut = !column->right && column->width > most;

		width += 3 + (cut ? most : column->width);
	}
	return width;
}

/* Shortens the widest columns that aren't numbers until the table fits. */
static void fit_columns(struct writer *writer)
{
	struct table *table = writer->state;
	size_t most = writer->options->width;

	if (!most)
		return;
	if (most < WIDTH_LEAST)
		most = WIDTH_LEAST;
	while (most > WIDTH_LEAST &&
	       table_width(writer, most) > writer->options->width)
		most--;
	for (size_t i = 0; i < writer->ncolumns; i++)
		if (!table->columns[i].right && table->columns[i].width > most)
			table->columns[i].width = most;
}

/* Fixes the widths and lets out what was held back. */
static enum status open_table(struct writer *writer, struct error *e)
{
	struct table *table = writer->state;

	place_columns(writer);
	fit_columns(writer);
	table->open = true;
	if (!writer->options->no_header || table->nrows)
		table_draw_border(writer, &table->style->top);
	if (!writer->options->no_header)
		table_draw_header(writer);
	if (!writer->options->no_header && table->nrows)
		table_draw_border(writer, &table->style->middle);
	for (size_t i = 0; i < table->nrows; i++) {
		table_draw_row(writer, table->rows[i]);
		if (sink_ease(writer->sink, e) != OK)
			return e->status;
	}
	return OK;
}

enum status table_row(struct writer *writer, const struct value *values,
		      struct error *e)
{
	struct table *table = writer->state;

	if (table->open) {
		table_draw_row(writer, values);
		return OK;
	}
	hold_row(writer, values);
	if (table->nrows < HELD_ROWS && table->bytes < HELD_BYTES)
		return OK;
	return open_table(writer, e);
}

enum status table_end(struct writer *writer, struct error *e)
{
	struct table *table = writer->state;

	if (!table->open && open_table(writer, e) != OK)
		return e->status;
	if (!writer->options->no_header || writer->nrows)
		table_draw_border(writer, &table->style->bottom);
	return OK;
}

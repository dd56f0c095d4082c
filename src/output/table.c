/*
 * The first rows are held until they determine the columns' widths; later rows
 * are written as they come.  If a later value may not be shortened and is too
 * wide, the frame ends and a wider one begins.
 */
#include "output/format.h"
#include "output/table.h"

#include "util/text.h"

enum {
	HELD_ROWS = 1000,
	HELD_BYTES = 1024 * 1024,
	MIN_WIDTH = 4,    /* no column is shortened further */
	READABLE = 8,     /* with texts shorter than that lines are better */
	MAX_WIDTH = 1000, /* to a pipe: longer texts stick out, or each
			      row would be padded to their length */
	SPARE_DIGITS = 2, /* of numbers below the held rows */
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
	struct table_layout *table = arena_zero(writer->arena, sizeof(*table));
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
	struct table_layout *table = writer->state;

	if (!is_text(value))
		return value;
	table->bytes += value.length;
	value.data = arena_copy_n(writer->arena, value.data, value.length);
	return value;
}

static void hold_row(struct writer *writer, const struct value *values)
{
	struct table_layout *table = writer->state;
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

/* Right-aligns columns declared as numbers, or holding only numbers. */
static void place_columns(struct writer *writer)
{
	struct table_layout *table = writer->state;

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
	const struct table_layout *table = writer->state;
	size_t width = 1;

	for (size_t i = 0; i < writer->ncolumns; i++) {
		const struct table_column *column = &table->columns[i];
		bool cut = !column->right && column->width > most;

		width += 3 + (cut ? most : column->width);
	}
	return width;
}

/* The width to which texts must be shortened for the table to fit. */
static size_t fitting_width(const struct writer *writer)
{
	size_t most = writer->options->width;

	if (!most)
		return MAX_WIDTH;
	while (most > MIN_WIDTH &&
	       table_width(writer, most) > writer->options->width)
		most--;
	return most < MIN_WIDTH ? MIN_WIDTH : most;
}

/* Shortens the widest columns that aren't numbers until the table fits. */
static void fit_columns(struct writer *writer)
{
	struct table_layout *table = writer->state;
	size_t most = fitting_width(writer);

	for (size_t i = 0; i < writer->ncolumns; i++)
		if (!table->columns[i].right && table->columns[i].width > most)
			table->columns[i].width = most;
}

/* Terminal columns not used by the table. */
static size_t spare_width(const struct writer *writer)
{
	size_t limit = writer->options->width;
	size_t width = table_width(writer, SIZE_MAX);

	return width < limit ? limit - width : 0;
}

/*
 * Reserves width for later rows: for longer numbers, as keys grow, and on a
 * terminal all remaining width for longer texts.
 */
static void reserve_width(struct writer *writer)
{
	struct table_layout *table = writer->state;
	size_t spare = writer->options->width ? spare_width(writer) : SIZE_MAX;
	size_t texts = 0;

	for (size_t i = 0; i < writer->ncolumns; i++) {
		texts += !table->columns[i].right;
		if (!table->columns[i].right || spare < SPARE_DIGITS)
			continue;
		table->columns[i].width += SPARE_DIGITS;
		spare -= SPARE_DIGITS;
	}
	for (size_t i = 0; writer->options->width && i < writer->ncolumns;
	     i++) {
		if (table->columns[i].right)
			continue;
		table->columns[i].width += spare / texts;
		spare -= spare / texts--;
	}
}

static void begin_frame(struct writer *writer)
{
	const struct table_layout *table = writer->state;

	if (!writer->options->no_header || table->nrows)
		table_draw_border(writer, &table->style->top);
	if (!writer->options->no_header)
		table_draw_header(writer);
	if (!writer->options->no_header && table->nrows)
		table_draw_border(writer, &table->style->middle);
}

/* Whether the table would be unreadable on this terminal. */
static bool is_unreadable(const struct writer *writer)
{
	size_t width = writer->options->width;

	return writer->options->terminal && !writer->options->format && width &&
	       table_width(writer, READABLE) > width;
}

/* Writes the held rows, and all later ones, in lines. */
static enum status become_lines(struct writer *writer, struct error *e)
{
	const struct table_layout *table = writer->state;
	size_t nrows = writer->nrows;

	writer->format = output_format_find("line");
	if (writer->format->begin(writer, e) != OK)
		return e->status;
	for (size_t i = 0; i < table->nrows; i++) {
		writer->nrows = i;
		if (writer->format->row(writer, table->rows[i], e) != OK ||
		    sink_flush_if_full(writer->sink, e) != OK)
			return e->status;
	}
	writer->nrows = nrows;
	return OK;
}

/* Fixes the widths and writes the held rows; more: rows follow. */
static enum status open_table(struct writer *writer, bool more, struct error *e)
{
	struct table_layout *table = writer->state;

	fit_columns(writer);
	if (more)
		reserve_width(writer);
	table->open = true;
	begin_frame(writer);
	for (size_t i = 0; i < table->nrows; i++) {
		table_measure_row(writer, table->rows[i]);
		table_draw_row(writer, table->rows[i]);
		if (sink_flush_if_full(writer->sink, e) != OK)
			return e->status;
	}
	return OK;
}

/* Whether a value must be drawn whole and needs a wider column. */
static bool needs_width(const struct writer *writer,
			const struct table_column *column, struct value value)
{
	if (column->needed <= column->width)
		return false;
	return value.kind == VALUE_INTEGER || value.kind == VALUE_REAL ||
	       (!writer->options->width && column->needed <= MAX_WIDTH);
}

/* Begins a wider frame if the row needs one.  To a pipe it is wider than
   needed, so that slowly growing values don't each need one. */
static void widen_frame(struct writer *writer, const struct value *values)
{
	struct table_layout *table = writer->state;
	bool wider = false;

	for (size_t i = 0; i < writer->ncolumns; i++) {
		struct table_column *column = &table->columns[i];

		if (!needs_width(writer, column, values[i]))
			continue;
		if (!wider)
			table_draw_border(writer, &table->style->bottom);
		wider = true;
		column->width = column->needed;
		if (!writer->options->width)
			column->width += column->needed / 4;
	}
	if (!wider)
		return;
	fit_columns(writer);
	begin_frame(writer);
}

enum status table_row(struct writer *writer, const struct value *values,
		      struct error *e)
{
	struct table_layout *table = writer->state;

	if (!table->open && table->nrows < HELD_ROWS &&
	    table->bytes < HELD_BYTES) {
		hold_row(writer, values);
		return OK;
	}
	if (!table->open) {
		place_columns(writer);
		if (is_unreadable(writer)) {
			if (become_lines(writer, e) != OK)
				return e->status;
			return writer->format->row(writer, values, e);
		}
		if (open_table(writer, true, e) != OK)
			return e->status;
	}
	table_measure_row(writer, values);
	widen_frame(writer, values);
	table_draw_row(writer, values);
	return OK;
}

enum status table_end(struct writer *writer, struct error *e)
{
	struct table_layout *table = writer->state;

	if (!table->open) {
		place_columns(writer);
		if (is_unreadable(writer))
			return become_lines(writer, e);
		if (open_table(writer, false, e) != OK)
			return e->status;
	}
	if (!writer->options->no_header || writer->nrows)
		table_draw_border(writer, &table->style->bottom);
	return OK;
}

/* A table's layout and how it is drawn; private to the format "table". */
#ifndef OUTPUT_TABLE_H
#define OUTPUT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "util/value.h"

struct writer;

/* The lines of a border: left end, dash, crossing, right end. */
struct border {
	const char *left, *dash, *cross, *right;
};

struct table_style {
	struct border top, middle, bottom;
	const char *bar, *ellipsis;
	size_t ellipsis_width;
};

extern const struct table_style table_unicode, table_ascii;

struct table_column {
	size_t width;
	bool number, text; /* the kinds of the held values */
	bool right;
	size_t needed; /* width of the row to draw next */
};

struct table_layout {
	const struct table_style *style;
	struct table_column *columns;
	struct value **rows;
	size_t nrows, bytes;
	bool open; /* the widths are fixed and the header is written */
};

/* A value's display width if nothing is shortened. */
size_t table_value_width(struct writer *writer, size_t column,
			 struct value value);

void table_draw_border(struct writer *writer, const struct border *border);
void table_draw_header(struct writer *writer);
/* Measures a row, then draws it. */
void table_measure_row(struct writer *writer, const struct value *values);
void table_draw_row(struct writer *writer, const struct value *values);

#endif

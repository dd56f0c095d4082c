/*
 * What a format sees of its writer, and what the formats share: values as
 * text.  Private to output/.
 */
#ifndef OUTPUT_FORMAT_H
#define OUTPUT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "output/writer.h"

struct writer {
	const struct output_format *format;
	const struct output_options *options;
	struct sink *sink;
	struct arena *arena;
	/* The columns shown, in their order; places in the caller's rows. */
	const struct output_column **columns;
	size_t *places;
	size_t ncolumns;
	struct value *values; /* a row of the shown columns */
	size_t nrows;         /* rows before the current one */
	bool started, one;
	void *state; /* the format's own, in arena */
};

/* Fills in the columns that options and format let the writer show. */
CHECKED enum status columns_pick(struct writer *writer,
				 const struct output_column *columns,
				 size_t ncolumns, struct error *e);

/* Where a format writes. */
static inline struct buffer *writer_buffer(const struct writer *writer)
{
	return &writer->sink->buffer;
}

/* What NULL is in a format whose own word is fallback. */
static inline const char *writer_null(const struct writer *writer,
				      const char *fallback)
{
	return writer->options->null ? writer->options->null : fallback;
}

/*
 * Values as text.  A real is the shortest decimal that gives the same bits
 * again, and has a point or an exponent; "NaN", "Infinity", "-Infinity".
 */
void cell_integer(struct buffer *buffer, int64_t integer);
void cell_real(struct buffer *buffer, double real);

/* 0 and 1 of a BOOLEAN column: "false" and "true"; NULL for all else. */
const char *cell_boolean(const struct output_column *column,
			 struct value value);

/* A value that isn't NULL; text by add, all else as it is. */
typedef void cell_add(struct buffer *buffer, const char *text, size_t length);
void cell_value(struct buffer *buffer, const struct output_column *column,
		struct value value, cell_add *add);

/*
 * A value's text for people: as text_visible, and a backslash is doubled, so
 * that \t is a tab and nothing else.  cell_width is its display width.
 */
void cell_visible(struct buffer *buffer, const char *text, size_t length);
size_t cell_width(const char *text, size_t length);

/* Whether values of that type stand at the right of a column. */
bool type_is_number(enum type type);

/* The sequences that a terminal takes for colour (ECMA-48, SGR). */
#define PAINT_NONE "\033[0m"
#define PAINT_BOLD "\033[1m"
#define PAINT_DIM "\033[2m"

static inline const char *paint(const struct writer *writer,
				const char *sequence)
{
	return writer->options->colour ? sequence : "";
}

/* A real as JSON; infinity is 9e999, as in SQLite's shell, and NaN is null. */
void cell_json_real(struct buffer *buffer, double real);

/*
 * Whether text is JSON (RFC 8259), nested at most 200 deep, without NUL or
 * half a surrogate pair in its strings.
 */
bool json_check(const char *text, size_t length);

typedef enum status format_edge(struct writer *writer, struct error *e);
typedef enum status format_row(struct writer *writer,
			       const struct value *values, struct error *e);

format_edge table_begin, json_begin, jsonl_begin, csv_begin, tsv_begin,
	line_begin, markdown_begin;
format_row table_row, json_row, jsonl_row, csv_row, tsv_row, line_row,
	markdown_row, text_row;
format_edge table_end, json_end;

#endif

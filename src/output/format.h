/*
 * A writer as its format sees it, and values as text, which the formats share.
 * Private to output/.
 */
#ifndef OUTPUT_FORMAT_H
#define OUTPUT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "output/writer.h"

/* The shown columns of one kind of row, in order. */
struct level {
	const struct output_column **columns;
	size_t *places;       /* in the row */
	struct level **inner; /* of columns with rows; else NULL */
	size_t ncolumns;
	size_t width; /* values of a row */
	bool many;
	struct value *values; /* room for a row */
};

/* How a value is found in rows within a row. */
struct step {
	size_t place, width; /* of a row; width 0: the end */
};

struct writer {
	const struct output_format *format;
	const struct output_options *options;
	struct sink *sink;
	struct arena *arena;
	/* The columns shown, in order, and their indexes in the caller's rows. */
	const struct output_column **columns;
	size_t *places;
	const struct step **steps; /* within the value there; or NULL */
	struct level **inner;      /* of values that are rows; else NULL */
	size_t ncolumns;
	struct value *values; /* a row of the shown columns */
	struct buffer *texts; /* rows as JSON, in arena, for the current row */
	bool unchanged;       /* shown are the first columns, in their order */
	size_t nrows;         /* rows before the current one */
	bool started, one;
	struct recording *recording; /* or NULL */
	void *state;                 /* the format's own, in arena */
};

/* Selects the columns to show, by the options and the format. */
CHECKED enum status columns_pick(struct writer *writer,
				 const struct output_column *columns,
				 size_t ncolumns, struct error *e);

/* Appends a value that is rows, as JSON. one_line: of JSON Lines. */
void json_rows(struct buffer *buffer, const struct level *level,
	       struct value value, bool one_line);

/* The buffer that a format writes to. */
static inline struct buffer *writer_buffer(const struct writer *writer)
{
	return &writer->sink->buffer;
}

/* The text for NULL; fallback is the format's own. */
static inline const char *writer_null(const struct writer *writer,
				      const char *fallback)
{
	return writer->options->null ? writer->options->null : fallback;
}

/*
 * Appends a value as text.  A real is the shortest decimal that gives the same
 * bits, with a point or an exponent; "NaN", "Infinity", "-Infinity".
 */
void cell_integer(struct buffer *buffer, int64_t integer);
void cell_real(struct buffer *buffer, double real);

/* Appends a value other than NULL; text through add. */
typedef void cell_add(struct buffer *buffer, const char *text, size_t length);
void cell_value(struct buffer *buffer, const struct output_column *column,
		struct value value, cell_add *add);

/* Writes a line of values, separated by tabs, and null for NULL. */
void cell_line(struct writer *writer, const struct value *values,
	       const char *null, cell_add *add);

/*
 * Appends text as text_visible, with backslashes doubled, so that \t is always
 * a tab. cell_width is its display width.
 */
void cell_visible(struct buffer *buffer, const char *text, size_t length);
size_t cell_width(const char *text, size_t length);

/* Whether columns of that type are right-aligned. */
bool type_is_number(enum type type);

/* Terminal colour sequences (ECMA-48, SGR). */
#define PAINT_NONE "\033[0m"
#define PAINT_BOLD "\033[1m"
#define PAINT_DIM "\033[2m"

static inline const char *paint(const struct writer *writer,
				const char *sequence)
{
	return writer->options->colour ? sequence : "";
}

/* Appends a real as JSON; infinity is 9e999, as in SQLite's shell, NaN is null. */
void cell_json_real(struct buffer *buffer, double real);

/*
 * Whether text is JSON (RFC 8259), nested at most 200 deep, with no NUL or
 * unpaired surrogate in its strings.
 */
bool json_check(const char *text, size_t length);

typedef enum status format_edge(struct writer *writer, struct error *e);
typedef enum status format_row(struct writer *writer,
			       const struct value *values, struct error *e);

format_edge table_begin, json_begin, jsonl_begin, csv_begin, tsv_begin,
	line_begin, markdown_begin, chart_begin;
format_row table_row, json_row, jsonl_row, csv_row, tsv_row, line_row,
	markdown_row, text_row, insert_row, chart_row;
format_edge table_end, json_end, chart_end;

enum { HISTOGRAM_FINE = 2000, HISTOGRAM_BINS = 20 };

/* How numbers are distributed; initialised with zeros. */
struct histogram {
	size_t counts[HISTOGRAM_FINE]; /* of values in fine bins from first */
	int64_t first, last;           /* the bins that are in use */
	int exponent;                  /* a fine bin is 10^exponent wide */
	double scale;                  /* 10^|exponent| */
	size_t ncounted;
	bool parts; /* some values have fractions */
};

/* The values from least to most, or below most if not all are whole. */
struct histogram_bin {
	double least, most;
	size_t count;
};

/* Counts a finite number. */
void histogram_add(struct histogram *histogram, double value);

/*
 * Fills bins, at most HISTOGRAM_BINS, of equal width, which is 1, 2 or 5 times
 * a power of ten, and at least 1 if all values are whole; returns how many
 * there are.
 */
size_t histogram_bins(const struct histogram *histogram,
		      struct histogram_bin *bins);

#endif

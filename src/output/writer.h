/*
 * Writes one result, row by row, in one of the formats, with constant memory in
 * each.  Nothing is written before the first row or the end, so an operation
 * that fails at once leaves no partial result.
 */
#ifndef OUTPUT_WRITER_H
#define OUTPUT_WRITER_H

#include <stdbool.h>

#include "output/sink.h"
#include "util/error.h"
#include "util/value.h"

/*
 * COLUMN_TEXT marks the line made for people: the format "text" writes only
 * this column (nothing for NULL), all other formats omit it unless the result
 * has no other.  A blob there is text for another program, such as SQL, written
 * byte for byte except to a terminal.
 */
enum column_flags {
	COLUMN_TEXT = 1,
	COLUMN_NULLABLE = 2,
	COLUMN_STORED = 4,    /* a table's column: its JSON can be read back */
	COLUMN_ASKED = 8,     /* only shown where --columns names it */
	COLUMN_COMPUTED = 16, /* the same in SQL that inserts rows */
};

struct output_column {
	const char *name;
	enum type type;
	unsigned flags;
	const char *summary; /* for the manual and OpenAPI; may be NULL */
	const struct output_rows *rows; /* its values are such; else NULL */
};

/*
 * Rows within a row, packed (util/packed.h): nested in JSON.  In other formats
 * the columns of one row follow the others, as user.age, and many rows are a
 * column of JSON.  Where a plain column has the same name, it is left out
 * of JSON.
 */
struct output_rows {
	const struct output_column *columns;
	size_t ncolumns;
	bool many; /* a list; else one row, or none */
};

struct output_options {
	const char *format;  /* a name of output_formats; NULL: by columns */
	const char *columns; /* "a,b": these; "-a,-b": all but; NULL: all */
	const char *null;    /* text for NULL; NULL: the format's own */
	size_t width;        /* columns of the terminal; 0: no limit */
	bool terminal;
	bool colour;
	bool unicode;      /* box drawing, or + - | */
	const char *table; /* that the rows are of; or NULL */
	bool no_header;
};

struct writer;
struct recording;

/*
 * The functions of one format; private to output/. begin and end may be NULL.
 */
struct output_format {
	const char *name;
	const char *media_type;
	const char *summary;
	enum status (*begin)(struct writer *, struct error *);
	enum status (*row)(struct writer *, const struct value *,
			   struct error *);
	enum status (*end)(struct writer *, struct error *);
	bool nests;     /* it writes rows within a row, as JSON */
	bool says_none; /* on a terminal (0 rows) says that there are none */
};

#define MEDIA_JSON "application/json"

/* The one list of formats, ended by an entry without a name. */
extern const struct output_format output_formats[];

/* The format of that name, or NULL. */
const struct output_format *output_format_find(const char *name);

/* The same, but an unknown name is USAGE with close names and a list of all. */
CHECKED enum status output_format_get(const char *name,
				      const struct output_format **out,
				      struct error *e);

/*
 * Creates a writer of rows with these columns to sink; all arguments must
 * outlive it.  USAGE for an unknown format or column, with the close names.
 */
CHECKED enum status writer_new(const struct output_options *options,
			       const struct output_column *columns,
			       size_t ncolumns, struct sink *sink,
			       struct arena *arena, struct writer **out,
			       struct error *e);

/* Marks the result as one record, not a list; call before its row. */
void writer_mark_single(struct writer *writer);

/* Keeps the rows that follow in a recording that was begun. */
void writer_record(struct writer *writer, struct recording *recording);

/* Writes a row: one value for each column given to writer_new. */
CHECKED enum status writer_row(struct writer *writer,
			       const struct value *values, struct error *e);

/* The number of rows written so far. */
size_t writer_count(const struct writer *writer);

/* Ends the result and flushes the sink. */
CHECKED enum status writer_end(struct writer *writer, struct error *e);

#endif

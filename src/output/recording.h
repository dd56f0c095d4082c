/* Keeps the rows of a result, so that it can be written again. */
#ifndef OUTPUT_RECORDING_H
#define OUTPUT_RECORDING_H

#include "output/writer.h"

enum { RECORDING_BYTES = 16 << 20 }; /* of a result that is kept */

struct recording {
	struct arena arena;
	struct output_column *columns;
	size_t ncolumns; /* 0: nothing was recorded */
	const char *table;
	const char *shown; /* the columns that were shown, as an option */
	struct value **rows;
	size_t nrows, bytes;
	bool one;  /* a record, not a list */
	bool full; /* the result was larger: its rows are not kept */
};

void recording_init(struct recording *recording);
void recording_clear(struct recording *recording);

/* Begins a result with these columns, of a table or NULL, of which those that
   the option names were shown; all is copied. */
void recording_begin(struct recording *recording,
		     const struct output_column *columns, size_t ncolumns,
		     const char *table, const char *shown);
void recording_row(struct recording *recording, const struct value *values);

/* Writes the rows to a writer that was made for the columns. */
CHECKED enum status recording_write(const struct recording *recording,
				    struct writer *writer, struct error *e);

#endif

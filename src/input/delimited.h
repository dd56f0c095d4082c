/*
 * Rows of CSV (RFC 4180) or TSV, one at a time.  Of a malformed row only the
 * first line is skipped: reading continues at the next line, so that an
 * unclosed quote does not swallow the rest of the file.
 */
#ifndef INPUT_DELIMITED_H
#define INPUT_DELIMITED_H

#include <csv.h>

#include "input/feed.h"

/* A field: length bytes of the row's text from start on. */
struct delimited_field {
	size_t start, length;
	bool bare; /* empty, without quotes */
};

struct delimited {
	struct feed *feed;
	char separator; /* a tab for TSV, whose fields have no quotes but
			   the escapes \t \n \r \\ */
	bool tsv;
	bool blanks; /* a blank line is a row of one bare field */
	/* The current row. */
	struct buffer text;
	const struct delimited_field *fields;
	size_t nfields;
	size_t line; /* of its first character, from 1 */
	/* The row's bytes in the file; of a bad row, its first line. */
	const char *source;
	size_t source_length;
	const char *reason; /* why the row is bad */
	/* private */
	struct csv_parser parser;
	struct buffer spans; /* fields */
	size_t lines;        /* lines consumed */
	bool complete;
};

enum delimited_step {
	DELIMITED_ROW,
	DELIMITED_BAD, /* reason and source are set */
	DELIMITED_END,
	DELIMITED_FAILED,
};

void delimited_open(struct delimited *delimited, struct feed *feed,
		    char separator, bool tsv);
void delimited_clear(struct delimited *delimited);

/* The next row; blank lines are skipped, except by blanks.  Its text is valid until the next
   call. */
CHECKED enum delimited_step delimited_next(struct delimited *delimited,
					   struct error *e);

/*
 * Guesses the separator of CSV from its first line: whichever of comma,
 * semicolon and tab is most frequent outside of quotes.
 */
CHECKED enum status delimited_guess(struct feed *feed, char *separator,
				    struct error *e);

#endif

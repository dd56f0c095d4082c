/*
 * Rows of CSV (RFC 4180) or TSV, one at a time.  A row that breaks the rules
 * costs its first line only: reading continues at the next one, so that an
 * unclosed quote does not swallow the rest of the file.
 */
#ifndef INPUT_DELIMITED_H
#define INPUT_DELIMITED_H

#include <csv.h>

#include "input/feed.h"

/* A field: length bytes of the row's text from start on. */
struct delimited_field {
	size_t start, length;
	bool bare; /* nothing at all, not even quotes */
};

struct delimited {
	struct feed *feed;
	char separator; /* a tab for TSV, whose fields have no quotes but
			   the escapes \t \n \r \\ */
	bool tsv;
	/* The current row. */
	struct buffer text;
	const struct delimited_field *fields;
	size_t nfields;
	size_t line; /* of its first character, from 1 */
	/* The same row as it came, where it is bad its first line. */
	const char *source;
	size_t source_length;
	const char *reason; /* why it is bad */
	/* private */
	struct csv_parser parser;
	struct buffer spans; /* fields */
	size_t lines;        /* lines consumed */
	bool complete;
};

enum delimited_step {
	DELIMITED_ROW,
	DELIMITED_BAD, /* reason and source say what */
	DELIMITED_END,
	DELIMITED_FAILED,
};

void delimited_open(struct delimited *delimited, struct feed *feed,
		    char separator, bool tsv);
void delimited_clear(struct delimited *delimited);

/* The next row; blank lines are skipped.  Its text is valid until the next
   call. */
CHECKED enum delimited_step delimited_next(struct delimited *delimited,
					   struct error *e);

/* The separator that the first line of CSV seems to have: the one of comma,
   semicolon and tab that is most often in it, outside of quotes. */
CHECKED enum status delimited_guess(struct feed *feed, char *separator,
				    struct error *e);

#endif

/*
 * The records of a file, one at a time: CSV and TSV, whose columns are mapped
 * to fields, an array of JSON, or JSON Lines.
 */
#ifndef OPERATION_IMPORT_H
#define OPERATION_IMPORT_H

#include "input/delimited.h"
#include "operation/intake.h"

struct raw; /* operation/convert.h */

struct import {
	enum body_format format;
	struct fields *record; /* the current one */
	size_t number;         /* its line (JSON: its place), from 1 */
	const char *source;    /* its text */
	size_t source_length;
	const char *note; /* how the file was interpreted; or NULL */
	/* private */
	bool guessed; /* the format, by content */
	struct completion completion;
	struct feed *feed;
	struct delimited rows;
	struct record_reader reader;
	struct fields fields;
	const char *const *names; /* of the columns */
	int *columns;             /* a column's parameter; -1: none */
	size_t ncolumns;
	bool parsed;       /* the current record has a field for each column */
	const char *null;  /* the text that is NULL; or NULL */
	const char *dates; /* "dmy" and the like; NULL: as in SQL */
	char decimal;      /* point or comma; 0: as in SQL */
	int json;          /* the column of a reject's record; -1: none */
};

/*
 * Opens the call's feed by the call's options: from, map, columns, null,
 * dates, decimal, and the fields to set in every record.  INVALID if a column of the header is not
 * a field, or a required field has no column.
 */
CHECKED enum status import_open(struct import *import, struct call *call,
				struct error *e);
void import_clear(struct import *import);

enum import_step {
	IMPORT_RECORD,
	IMPORT_BAD, /* the problems of e say why */
	IMPORT_END,
	IMPORT_BROKEN, /* the same, and nothing more can be read */
	IMPORT_FAILED,
};

/* The next record, its texts in arena or in the import. */
CHECKED enum import_step import_next(struct import *import, struct arena *arena,
				     struct error *e);

/* Whether records are counted by their lines. */
static inline bool import_has_lines(const struct import *import)
{
	return import->format == BODY_CSV || import->format == BODY_TSV;
}

#define IMPORT(name) \
	__attribute__((cleanup(import_clear))) struct import name = { 0 }

/* A field of the current record, which is parsed, of CSV or TSV. */
struct value import_field(const struct import *import, size_t column);

/* The column of a file of rejects that holds a record of JSON. */
#define IMPORT_REJECT_RECORD "record"

/* The columns that --rejects adds to a file's own.  In an imported file they are
   ignored, unless they are fields. */
enum { REJECT_COLUMNS = 3 };
extern const char *const import_reject_columns[REJECT_COLUMNS];

/* Private to operation/: maps the header, or --columns, to fields. */
CHECKED enum status import_map(struct import *import, struct call *call,
			       struct error *e);

/* Private to operation/: the text of a date or a number in the spelling of SQL,
   if it has the one of the options dates and decimal. */
struct raw import_respell(const struct import *import,
			  const struct parameter *p, struct raw raw,
			  struct arena *arena);

#endif

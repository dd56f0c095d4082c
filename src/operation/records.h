/*
 * Reads records given as JSON: an object, an array of objects, or one object
 * after another (JSON Lines, jsonlines.org); private to operation/.
 */
#ifndef OPERATION_RECORDS_H
#define OPERATION_RECORDS_H

#include "input/feed.h"
#include "operation/operation.h"

struct record_reader {
	const struct operation *operation;
	struct feed *feed;
	bool body;           /* a request's: one value, and limited */
	bool kept;           /* values must outlive the next record */
	struct arena *arena; /* for values */
	struct error *e;
	size_t faults; /* problems that e had before */
	size_t count;  /* records read */
	bool many;     /* they are a list */
	long position; /* of the record in it; -1: it is the only one */
	const struct nesting *within; /* of a nested record */
	const char *source;           /* the record's text */
	size_t source_length;
	/* private */
	bool inside; /* of an array */
	bool opened; /* which has no item yet */
	bool awaits; /* a comma or the array's end */
	bool seen;   /* a value, or an array's beginning */
};

enum record_step {
	RECORD_READ, /* said is false if it is not an object */
	RECORD_NONE, /* private */
	RECORD_END,
	RECORD_BROKEN, /* not JSON: nothing more can be read */
	RECORD_FAILED, /* e says why */
};

/*
 * Reads the next record, into fields that are cleared.  Faults of form and of
 * values become problems of e.
 */
enum record_step records_next(struct record_reader *reader,
			      struct fields *record);

/* The same where each line is a record: a bad one does not end the reading. */
enum record_step records_next_line(struct record_reader *reader,
				   struct fields *record);

/*
 * An array or object takes about a hundred bytes of memory, however short it
 * is, so a request must not have ten million of them in its records.
 */
bool records_are_shallow(const char *data, size_t length);
void records_refuse_depth(struct error *e);

/* Room for all parameters, none of them given. */
void fields_init(struct fields *fields, const struct operation *operation,
		 struct arena *arena);

/* Whether a record has parameter i or an alias of it (--user for --user-id). */
bool record_has(const struct operation *operation, const struct fields *record,
		size_t i);

#endif

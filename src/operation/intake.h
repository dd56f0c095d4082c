/*
 * Reads records into arguments and completes them with the options, all at once
 * or one by one; private to operation/.
 */
#ifndef OPERATION_INTAKE_H
#define OPERATION_INTAKE_H

#include "operation/records.h"

/* How every record is completed. */
struct completion {
	const struct operation *operation;
	const struct fields *options; /* those given as options */
	const char *place;            /* "option" or "query", for messages */
	bool sent;                    /* there are records, not only options */
	bool whole;                   /* PARAMETER_WHOLE are required, too */
	bool body;                    /* a request's */
};

/*
 * Sets a record's fields that options give, and adds problems for missing ones
 * to e.
 */
void record_complete(const struct completion *completion, struct fields *record,
		     long position, struct error *e);

/*
 * Adds the records of input->data to arguments.  Problems are added to e,
 * until there are so many that the rest isn't read.
 */
void records_decode(const struct input *input,
		    const struct completion *completion, struct arena *arena,
		    struct arguments *arguments, struct error *e);

/* Adds the first record of a feed to arguments, and what reads the rest. */
void intake_start(struct feed *feed, const struct completion *completion,
		  struct arena *arena, struct arguments *arguments,
		  struct error *e);

#endif

/* The records that an import refuses; private to resource/. */
#ifndef RESOURCE_OP_IMPORT_REJECT_H
#define RESOURCE_OP_IMPORT_REJECT_H

#include "operation/import.h"

/*
 * The first hundred problems are kept, and all bad records are written to the
 * file of --rejects, as CSV that can be imported once it is corrected.
 */
struct rejects {
	int64_t count;
	int64_t taken;         /* that --on-conflict could settle */
	int64_t most;          /* --max-errors; -1: no limit */
	bool wanted;           /* some may be refused, the others stay */
	bool broken;           /* the last one ended the file as well */
	bool foreign;          /* one is not in UTF-8 */
	struct error problems; /* in the call's arena */
	/* private */
	const struct context *context;
	int fd;
	struct sink sink;
	struct writer *writer;
	struct output_column *columns;
	size_t ncolumns;
	struct output_options options;
};

/* Initializes by the call's options, and opens the file. */
CHECKED enum status rejects_open(struct rejects *rejects,
				 const struct import *import, struct call *call,
				 struct error *e);
void rejects_clear(struct rejects *rejects);

/* Adds a record that failure is about: its problems, or its message. */
CHECKED enum status rejects_add(struct rejects *rejects,
				const struct import *import,
				const struct error *failure, struct error *e);

/* Ends the file; INVALID with the problems if too many were refused. */
CHECKED enum status rejects_judge(struct rejects *rejects, struct call *call,
				  struct error *e);

/* The problems as rows of line, column and reason; in the call's arena. */
struct value rejects_pack(const struct rejects *rejects,
			  const struct call *call);

/* Whether reading more is pointless. */
bool rejects_are_full(const struct rejects *rejects);

#define REJECTS(name) \
	__attribute__((cleanup(rejects_clear))) struct rejects name = { \
		.fd = -1, \
	}

#endif

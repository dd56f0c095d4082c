/* The output row for a revision that was run, or printed with --sql. */
#ifndef MIGRATE_RAN_H
#define MIGRATE_RAN_H

#include "operation/operation.h"

struct ran {
	const char *revision;  /* its identifier */
	const char *direction; /* upgrade, downgrade or stamp */
	const char *message;   /* or NULL */
	int64_t duration;      /* microseconds; -1: it did not run */
	const char *sql;       /* what --sql prints, else NULL */
};

/* Writes the row, whose columns are ran_columns of op/operations.c. */
CHECKED enum status ran_row(struct call *call, const struct ran *ran,
			    struct error *e);

/* Converts a stored duration for output; NULL below 0. */
struct value ran_milliseconds(int64_t microseconds);

#endif

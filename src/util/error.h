/*
 * What can go wrong, and how it is told.  A function that can fail returns an
 * enum status and fills the caller's struct error.  STATUSES is the one table
 * of exit codes, HTTP statuses and short names.
 */
#ifndef UTIL_ERROR_H
#define UTIL_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#include "util/arena.h"

#define STATUSES(X) \
	/* name        exit  http  short name */ \
	X(OK, 0, 200) \
	X(FAILED, 1, 500) \
	X(USAGE, 2, 422) \
	X(NOT_FOUND, 3, 404) \
	X(INVALID, 4, 422) \
	X(CONFLICT, 4, 409) \
	X(CHANGED, 4, 412) \
	X(BUSY, 5, 503) \
	X(SCHEMA, 6, 503) \
	X(READONLY, 1, 403) \
	X(NO_SPACE, 1, 507) \
	X(LOST, 1, 503) \
	X(INTERRUPTED, 130, 503) \
	X(CLOSED, 141, 500)

#define STATUS_NAME(name, exit, http) name,
enum status { STATUSES(STATUS_NAME) STATUS_COUNT };
#undef STATUS_NAME

int status_exit(enum status status);
int status_http(enum status status);

/*
 * One fault of one field of the input.  Types, messages and locations are
 * Pydantic 2's (docs.pydantic.dev, "Validation Errors").
 */
struct problem {
	const char *type;  /* "int_parsing", "missing", … */
	const char *place; /* "body", "query" or "option" */
	long record;       /* position in an array of records, or -1 */
	const char *field; /* NULL: the whole record */
	const char *message;
	const char *input;      /* what was given, as JSON; may be NULL */
	const char *context;    /* Pydantic's ctx, as JSON; may be NULL */
	const char *suggestion; /* close names: "a, b or c"; may be NULL */
	const char *hint;       /* what else helps; may be NULL */
};

/*
 * An error's texts live in its arena.  problems is filled only by validation;
 * message then sums them up.  file and line, where known, say where.
 */
struct error {
	enum status status;
	struct arena *arena;
	const char *message;
	const char *reason;       /* why: no user "alic"; may be NULL */
	const char *suggestion;   /* close names: "a, b or c"; may be NULL */
	const char *hint;         /* the next step; may be NULL */
	const char *detail;       /* lines to show below it (SQL, caret) */
	struct problem *problems; /* the first of them */
	size_t nproblems;
	size_t nunlisted; /* found beyond those */
};

/* How many problems are listed, and after how many the search ends. */
enum { PROBLEMS_LISTED = 100, PROBLEMS_FOUND = 1000 };

#define CHECKED __attribute__((warn_unused_result))

/* No error yet; its texts will be made in arena. */
void error_init(struct error *e, struct arena *arena);

/* Sets e and returns status: return fail(e, NOT_FOUND, "no user %s", name); */
enum status fail(struct error *e, enum status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds the next step to the error that e holds. */
void error_hint(struct error *e, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Adds to the error that e holds why it is one. */
void error_reason(struct error *e, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* message (reason; did you mean suggestion?), as a person reads it. */
const char *error_sentence(const struct error *e);

/* Puts "prefix: " before the message that e holds. */
void error_prefix(struct error *e, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * A new problem, to be filled by the caller: in e's list, or only counted
 * where that is full.
 */
struct problem *error_problem(struct error *e);

/* Whether so many were found that looking for more is of no use. */
bool error_is_full(const struct error *e);

/* "and 17 more problems"; "" if all are listed; in e's arena. */
const char *error_unlisted(const struct error *e);

/* INVALID with a summary if e has problems, else OK. */
CHECKED enum status error_from_problems(struct error *e);

#endif

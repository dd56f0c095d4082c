/*
 * Errors.  A function that can fail returns an enum status and fills the
 * caller's struct error.  STATUSES is the one table of exit codes and HTTP
 * statuses.
 */
#ifndef UTIL_ERROR_H
#define UTIL_ERROR_H

#include <assert.h>
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
/* "not_found" */
const char *status_name(enum status status);
int status_http(enum status status);

/* Where a record is inside another: an item of a list in one of its fields. */
struct nesting {
	const char *field;
	long item;
	const struct nesting *outer; /* NULL: the other is the outermost */
};

/* A copy in arena, inside outer unless that is NULL. */
const struct nesting *nesting_copy(const struct nesting *nesting,
				   const struct nesting *outer,
				   struct arena *arena);

/*
 * One problem with one field of the input.  Types, messages and locations are
 * Pydantic 2's (docs.pydantic.dev, "Validation Errors").
 */
struct problem {
	const char *type;  /* "int_parsing", "missing", … */
	const char *place; /* "body", "query" or "option" */
	long record;       /* position in an array of records, or -1 */
	bool line;         /* record counts lines of a file */
	const struct nesting *within; /* NULL: the record itself */
	const char *field;            /* NULL: the whole record */
	const char *message;
	const char *input;      /* the input as JSON; may be NULL */
	const char *context;    /* Pydantic's ctx, as JSON; may be NULL */
	const char *suggestion; /* close names: "a, b or c"; may be NULL */
	const char *hint;       /* further help; may be NULL */
};

/*
 * An error; its texts are in its arena.  Only validation fills problems, which
 * message then summarizes.
 */
struct error {
	enum status status;
	struct arena *arena;
	const char *message;
	const char *reason;        /* the reason: no user "alic"; may be NULL */
	const char *suggestion;    /* close names: "a, b or c"; may be NULL */
	const char *wrong, *right; /* a word, and what to write instead; may be
				      NULL */
	/* The field that is refused, and its value as JSON; may be NULL.  The
	   problems have their own. */
	const char *field, *value;
	const char *option;       /* with it the command may succeed; "": retry
				     unchanged; NULL: unknown */
	const char *hint;         /* the next step; may be NULL */
	const char *detail;       /* lines to show below it (SQL, caret) */
	struct problem *problems; /* the first PROBLEMS_LISTED */
	size_t nproblems;
	size_t nunlisted;         /* problems found after those */
	struct problem *unlisted; /* the last one of them */
};

/* How many problems are listed, and after how many validation stops. */
enum { PROBLEMS_LISTED = 100, PROBLEMS_FOUND = 1000 };

#define CHECKED __attribute__((warn_unused_result))

/* Initializes e without an error; later texts go to arena. */
void error_init(struct error *e, struct arena *arena);

/* Declares an error, initialized. */
#define ERROR(name, arena) \
	struct error name; \
	error_init(&(name), (arena))

/* Sets e to an error. */
void error_set(struct error *e, enum status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The status of an error: never OK, which analysers see. */
static inline enum status error_status(const struct error *e)
{
	assert(e->status != OK);
	return e->status;
}

/*
 * Sets e and returns status: return fail(e, NOT_FOUND, "no user %s", name);
 * A macro, so that compilers and analysers see that it never returns OK.
 */
#define fail(e, status, ...) \
	(error_set((e), (status), __VA_ARGS__), error_status(e))

/* Sets the hint of e, the next step for the user; returns the status of e. */
#define error_hint(e, ...) (error_set_hint((e), __VA_ARGS__), error_status(e))
void error_set_hint(struct error *e, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Suggests close names, "a, b or c", in place of a wrong word. */
void error_suggest(struct error *e, const char *wrong, const char *names);
/* Records the replacement only, without a suggestion; nothing if right is
   NULL. */
void error_replace(struct error *e, const char *wrong, const char *right);

/* Sets the reason of e. */
void error_reason(struct error *e, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "message (reason; did you mean suggestion?)", for the user. */
const char *error_sentence(const struct error *e);

/* Puts "prefix: " before the message of e; returns its status. */
#define error_prefix(e, ...) \
	(error_add_prefix((e), __VA_ARGS__), error_status(e))
void error_add_prefix(struct error *e, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Adds a problem, which the caller fills; if the list is full it is only
 * counted.
 */
struct problem *error_problem(struct error *e);
/* The same with a place ("body", "query") and a field (NULL: the whole record).
   The texts must live as long as e. */
struct problem *problem_add(struct error *e, const char *place,
			    const char *type, const char *field,
			    const char *message);

/* Whether validation should stop, having found enough problems. */
bool error_is_full(const struct error *e);

/* "and 17 more problems"; "" if all are listed; in e's arena. */
const char *error_unlisted(const struct error *e);

/* Sets INVALID with a summary if e has problems; otherwise OK. */
CHECKED enum status error_from_problems(struct error *e);

#endif

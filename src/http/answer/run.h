/* Runs a route's operation for a request, on the loop or on a thread. */
#ifndef HTTP_ANSWER_RUN_H
#define HTTP_ANSWER_RUN_H

#include "http/answer/router.h"
#include "http/wire/request.h"
#include "http/wire/response.h"
#include "input/feed.h"
#include "output/sink.h"

struct run {
	const struct context *operator; /* gets our own faults */
	const char *root_path; /* before the paths that the client sees */
	const struct router_entry *entry;
	const struct request *request;
	struct arena *arena; /* of the request */
	struct sink *sink;   /* receives the rows */
	struct response *response;
	bool representation; /* Prefer: return=representation */
	struct output_options output;
	bool counts;              /* count all rows of the list */
	struct arguments counted; /* of the operation that counts */
	const char *total;        /* their number; NULL: not counted */
	const char *key;          /* Idempotency-Key; NULL: none */
	bool answered;            /* the response was made in the transaction */
	struct arguments arguments;
	struct feed feed; /* of the body, for an operation that reads a file */
	struct call call;
	struct error error;
};

/* Sets the members that follow response. */
void run_init(struct run *run);

/*
 * Decodes the request into the operation's arguments.  False: response is the
 * answer.
 */
bool run_decode(struct run *run);

/* Prepares the call in context, to be run and then answered. */
void run_prepare(struct run *run, struct context *context);

/* Runs an operation that reads; it reports an error in run->error. */
void run_read(struct run *run);

/* Makes the response from the call's results, or from run->error. */
void run_answer(struct run *run);

/* Makes the head of an answer whose rows are streamed. */
void run_answer_head(struct run *run);

#endif

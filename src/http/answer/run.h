/* A route's operation, run for a request, on the loop or on a thread. */
#ifndef HTTP_ANSWER_RUN_H
#define HTTP_ANSWER_RUN_H

#include "http/answer/router.h"
#include "http/wire/request.h"
#include "http/wire/response.h"
#include "output/sink.h"

struct run {
	const struct context *operator; /* gets notes of our own faults */
	const struct router_entry *entry;
	const struct request *request;
	struct arena *arena; /* of the request */
	struct sink *sink;   /* gets the rows */
	struct response *response;
	bool representation; /* the client prefers the records as they are */
	struct output_options output;
	bool counts;              /* all rows, not only those of the page */
	struct arguments counted; /* which ones */
	const char *total;        /* so many; NULL: not counted */
	const char *key;          /* Idempotency-Key; NULL: none */
	bool answered;            /* response was made in the transaction */
	struct arguments arguments;
	struct call call;
	struct error error;
};

/* Sets the members after response. */
void run_init(struct run *run);

/*
 * Decodes the request by the operation's parameters; false where response is
 * the answer already.
 */
bool run_decode(struct run *run);

/* Makes the call in context: what is left is to run it and to answer. */
void run_prepare(struct run *run, struct context *context);

/* Runs an operation that reads; its error is run->error. */
void run_read(struct run *run);

/* Makes response of what the call gave, or of run->error. */
void run_answer(struct run *run);

/* The head of an answer whose rows follow. */
void run_answer_head(struct run *run);

#endif

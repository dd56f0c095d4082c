/* The reply to a request by a route's operation, on the loop or a thread. */
#ifndef HTTP_ANSWER_REPLY_H
#define HTTP_ANSWER_REPLY_H

#include "http/answer/router.h"
#include "http/wire/request.h"
#include "http/wire/response.h"
#include "input/feed.h"
#include "output/sink.h"

struct reply {
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
void reply_init(struct reply *reply);

/*
 * Decodes the request into the operation's arguments.  False: response is the
 * answer.
 */
bool reply_decode(struct reply *reply);

/* Prepares the call in context, to be run and then answered. */
void reply_prepare(struct reply *reply, struct context *context);

/* Runs an operation that reads; it reports an error in reply->error. */
void reply_read(struct reply *reply);

/* Makes the response from the call's results, or from reply->error. */
void reply_finish(struct reply *reply);

/* Makes the head of an answer whose rows are streamed. */
void reply_head(struct reply *reply);

#endif

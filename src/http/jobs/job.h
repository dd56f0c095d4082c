/*
 * A request that a thread answers while the loop goes on: one that writes, or
 * one that may take long to read.  Its connection waits for it, and holds the
 * request's bytes still.
 */
#ifndef HTTP_JOBS_JOB_H
#define HTTP_JOBS_JOB_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/answer/run.h"
#include "http/service/service.h"

struct jobs;
struct connection;

struct job {
	struct job *next; /* in a queue */
	struct jobs *jobs;
	struct connection *connection;
	struct edition *edition;
	struct arena arena;
	struct sink sink;
	struct response response;
	struct run run;
	int64_t queued; /* when, in ticks */
	int64_t deadline;
	bool ready;            /* its response was made at once */
	bool large;            /* its body is still to be decoded */
	bool stale;            /* the schema changed: begin again */
	bool cut;              /* of a long answer only the head is wanted */
	atomic_bool cancelled; /* nobody waits for the answer */
	/* Under the lock of jobs: */
	struct buffer pieces; /* of the body, for the loop to send */
	bool streaming;       /* the response's head is made, pieces follow */
	bool aborted;         /* what was streamed has no end */
	bool posted;          /* the loop has not looked since */
	bool finished;        /* no thread has it any more */
	pthread_cond_t taken; /* the loop has taken pieces */
};

/* A job for a request by a route; service's edition is held. */
struct job *job_new(struct service *service, const struct router_entry *entry,
		    const struct request *request);
void job_free(struct job *job);

/* Whether the schema is another than the job was decoded by. */
bool job_is_stale(const struct job *job, const struct context *context);

/* Gives the job back to the loop, with its response or the end of it. */
void job_finish(struct job *job);

/* For the loop: whether the response's head is made, and pieces follow. */
bool job_is_streaming(struct job *job);

/*
 * For the loop: moves the pieces that there are to out, unless that is NULL.
 * True once the job is finished and does not come by jobs_next any more.
 */
bool job_pull(struct job *job, struct buffer *out);

#endif

/*
 * A request that a thread answers while the loop goes on: one that writes, or
 * whose reading may take long.  Its connection waits for it, and keeps the
 * request's bytes in place.
 */
#ifndef HTTP_JOBS_JOB_H
#define HTTP_JOBS_JOB_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/answer/reply.h"
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
	struct reply reply;
	int64_t queued; /* when, in ticks */
	int64_t deadline;
	bool ready;            /* the response was made at once */
	bool large;            /* the body is not decoded yet */
	bool stale;            /* the schema changed: begin again */
	bool begun;            /* the head of a streamed answer was made */
	bool cut;              /* only the head of a long answer is wanted */
	atomic_bool cancelled; /* no client waits for the answer */
	struct gzip *gzip;     /* compresses what is streamed; or NULL */
	struct buffer packed;  /* what that gave last */
	/* Under the lock of jobs: */
	struct buffer pieces; /* of the body, to be sent by the loop */
	bool streaming;       /* the head was made, pieces of the body follow */
	bool aborted;         /* the streamed body is incomplete */
	bool posted;          /* in the loop's queue */
	bool finished;        /* no thread uses it any more */
	pthread_cond_t taken; /* signalled when the loop took pieces */
};

/* A job for a request to a route; holds the service's edition. */
struct job *job_new(struct service *service, const struct router_entry *entry,
		    const struct request *request);
void job_free(struct job *job);

/* Answers 503: the queues are full, or no thread can be started. */
void job_refuse(struct job *job);

/* Whether the schema changed after the job was decoded. */
bool job_is_stale(const struct job *job, const struct context *context);

/* Returns the job to the loop, with its response or the rest of it. */
void job_finish(struct job *job);

/* For the loop: whether the head was made, and pieces of the body follow. */
bool job_is_streaming(struct job *job);

/*
 * For the loop: moves the available pieces to out, unless that is NULL. True
 * once the job is finished, and jobs_next will not return it again.
 */
bool job_pull(struct job *job, struct buffer *out);

#endif

/*
 * The queues between the loop and the threads: what is to be read, what is to
 * be written, and what the loop has to look at.
 */
#ifndef HTTP_JOBS_JOBS_H
#define HTTP_JOBS_JOBS_H

#include <pthread.h>
#include <stdbool.h>

#include "http/jobs/poller.h"
#include "operation/operation.h"

struct job;

struct job_queue {
	struct job *first, *last;
	size_t count;
};

enum { JOBS_MOST_READERS = 8 };

struct jobs {
	pthread_mutex_t lock;
	pthread_cond_t readable, writable; /* there is work, or the end */
	struct job_queue reads, writes, posted;
	size_t writing; /* jobs that the writer has taken */
	bool large;     /* a large body is decoded or written */
	bool ending;
	size_t nreaders, nidle;
	bool has_writer;
	pthread_t readers[JOBS_MOST_READERS], writer;
	struct poller *poller;
	struct context door; /* what each thread's context is a copy of */
};

/* Queues of a server whose loop is woken by poller. */
void jobs_open(struct jobs *jobs, const struct context *door,
	       struct poller *poller);

/*
 * Ends the threads, once they have done what they are at.  The jobs that are
 * left come by jobs_next; then the queues can be closed.
 */
void jobs_stop(struct jobs *jobs);
void jobs_close(struct jobs *jobs);

/*
 * Hands a job to the threads, which are started as they are needed.  False:
 * too many are waiting, or there is no thread.
 */
CHECKED bool jobs_add(struct jobs *jobs, struct job *job);

/* How many jobs wait to be read and written, or are being written. */
void jobs_count(struct jobs *jobs, size_t *reads, size_t *writes);

/* The next job that the loop has to look at, or NULL. */
struct job *jobs_next(struct jobs *jobs);

/*
 * Gives up a job whose connection is gone.  True: no thread has it, and it
 * does not come by jobs_next any more.
 */
CHECKED bool jobs_cancel(struct jobs *jobs, struct job *job);

/* For the threads: a job to read, NULL at the end. */
struct job *jobs_take_read(struct jobs *jobs);

/*
 * The same for up to count jobs to write, of which the writer has some
 * already; it waits if it has none.  0 at the end.
 */
size_t jobs_take_writes(struct jobs *jobs, struct job **batch, size_t has,
			size_t count);

/* A large body was decoded, or could not be. */
void jobs_decoded(struct jobs *jobs, struct job *job, bool good);

/* With the lock held: lets the loop look at a job. */
void jobs_post(struct jobs *jobs, struct job *job);

/* The threads (reader.c, writer.c). */
void *reader_main(void *jobs);
void *writer_main(void *jobs);

#endif

/*
 * The queues between the loop and the threads: jobs to be read, jobs to be
 * written, and jobs that the loop has to look at.
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

enum { JOBS_MOST_READERS = 64, JOBS_SPARES = 8 };

struct jobs {
	pthread_mutex_t lock;
	pthread_cond_t readable,
		writable; /* a job was added, or all is ending */
	struct job_queue reads, writes, posted;
	size_t writing; /* jobs that the writer is at */
	bool large;     /* a large body is being decoded or written */
	bool ending;
	size_t nreaders, nidle, most_readers;
	bool has_writer;
	pthread_t readers[JOBS_MOST_READERS], writer;
	struct poller *poller;
	struct context door; /* copied into each thread's context */
	/* Only for the loop: buffers of answers that were sent. */
	struct buffer spares[JOBS_SPARES];
	size_t nspares;
};

/*
 * Opens the queues of a server, for at most that many threads that read; poller
 * wakes its loop.
 */
void jobs_open(struct jobs *jobs, const struct context *door,
	       struct poller *poller, size_t readers);

/*
 * Ends the threads after their current jobs.  jobs_next returns the jobs that
 * are left; then the queues can be closed.
 */
void jobs_stop(struct jobs *jobs);
void jobs_close(struct jobs *jobs);

/*
 * For the loop: keeps the buffer of an answer for a later one, which then needs
 * no fresh memory from the system; or frees it.
 */
void jobs_keep_spare(struct jobs *jobs, struct buffer *take_buffer);
void jobs_free_spares(struct jobs *jobs);

/*
 * Queues a job for the threads, which are started when needed.  False: too many
 * jobs are waiting, or no thread could be started.
 */
CHECKED bool jobs_add(struct jobs *jobs, struct job *job);

/*
 * Counts the jobs that wait to be read, and those that wait to be written or
 * are being written.
 */
void jobs_count(struct jobs *jobs, size_t *reads, size_t *writes);

/* The next job that the loop has to look at; NULL if none. */
struct job *jobs_next(struct jobs *jobs);

/*
 * Cancels a job whose connection is gone.  True: no thread uses it, and
 * jobs_next will not return it.
 */
CHECKED bool jobs_cancel(struct jobs *jobs, struct job *job);

/* For the readers: the next job; NULL when all is ending. */
struct job *jobs_take_read(struct jobs *jobs);

/*
 * For the writer: up to count jobs are put into batch, whose first `has` it
 * already has; waits for one if it has none.  0 when all is ending.
 */
size_t jobs_take_writes(struct jobs *jobs, struct job **batch, size_t has,
			size_t count);

/*
 * For the readers: queues a job whose large body was decoded for the writer.
 * False as jobs_add.
 */
CHECKED bool jobs_add_decoded(struct jobs *jobs, struct job *job);

/* To be called when a job with a large body is finished: lets the next begin. */
void jobs_end_large(struct jobs *jobs);

/* With the lock held: queues a job for the loop. */
void jobs_post(struct jobs *jobs, struct job *job);

/* The threads (reader.c, writer.c). */
void *reader_main(void *jobs);
void *writer_main(void *jobs);

#endif

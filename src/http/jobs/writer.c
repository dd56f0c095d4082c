/*
 * The thread that writes.  All waiting jobs are written in one transaction, and
 * answered after its commit.
 */
#include "http/jobs/job.h"
#include "http/jobs/jobs.h"
#include "util/clock.h"

enum {
	GROUP_MOST = 256,
	SLICE = 50, /* milliseconds that one attempt waits for a lock */
	WRITE_TIME = 5000000 /* ticks for a lock, from the request's arrival */
};

struct writer_thread {
	struct jobs *jobs;
	struct context context;
	struct job *batch[GROUP_MOST];
	size_t count;
};

static void finish(struct job *job)
{
	bool large = job->large;
	struct jobs *jobs = job->jobs;

	if (!job->stale)
		reply_finish(&job->reply);
	job_finish(job);
	if (large)
		jobs_end_large(jobs);
}

static void finish_all(struct writer_thread *writer)
{
	for (size_t i = 0; i < writer->count; i++)
		finish(writer->batch[i]);
	writer->count = 0;
}

/* Sets the transaction's error as that of each job. */
static void copy_error(struct job *job, const struct error *e)
{
	fail(&job->reply.error, e->status, "%s", e->message);
	if (e->hint)
		error_hint(&job->reply.error, "%s", e->hint);
}

static void fail_all(struct writer_thread *writer, const struct error *e)
{
	for (size_t i = 0; i < writer->count; i++)
		copy_error(writer->batch[i], e);
	finish_all(writer);
}

/* Gives up jobs that have waited too long for the lock, or were cancelled. */
static void fail_late(struct writer_thread *writer, const struct error *e)
{
	int64_t now = clock_ticks();
	size_t kept = 0;

	for (size_t i = 0; i < writer->count; i++) {
		struct job *job = writer->batch[i];

		if (now - job->queued < WRITE_TIME &&
		    !atomic_load(&job->cancelled)) {
			writer->batch[kept++] = job;
			continue;
		}
		copy_error(job, e);
		finish(job);
	}
	writer->count = kept;
}

/*
 * A database that replaced another may have a different schema with the same
 * version: jobs that were decoded before are started again.
 */
static enum status open_writer(struct writer_thread *writer, struct error *e)
{
	bool again = context_refresh(&writer->context);

	if (writer->context.engine)
		return OK;
	if (context_open(&writer->context, 0, e) != OK)
		return e->status;
	engine_set_wait(writer->context.engine, SLICE);
	for (size_t i = 0; i < writer->count && again; i++)
		writer->batch[i]->stale = true;
	return OK;
}

/* A commit to a file that was deleted is not reported as a success. */
static void check_file(const struct writer_thread *writer)
{
	if (engine_is_current(writer->context.engine))
		return;
	for (size_t i = 0; i < writer->count; i++)
		if (writer->batch[i]->reply.error.status == OK)
			fail(&writer->batch[i]->reply.error, LOST,
			     "The database was deleted or replaced meanwhile");
}

static enum status run_group(struct writer_thread *writer, struct error *e)
{
	struct call *calls[GROUP_MOST];
	struct error *errors[GROUP_MOST];

	for (size_t i = 0; i < writer->count; i++) {
		struct reply *reply = &writer->batch[i]->reply;

		reply_prepare(reply, &writer->context);
		calls[i] = &reply->call;
		errors[i] = &reply->error;
	}
	return operation_run_group(calls, errors, writer->count, e);
}

static void find_stale(const struct writer_thread *writer)
{
	for (size_t i = 0; i < writer->count; i++) {
		struct job *job = writer->batch[i];

		if (job->reply.error.status == FAILED)
			job->stale = job_is_stale(job, &writer->context);
	}
}

static void write_batch(struct writer_thread *writer)
{
	struct error e;
	ARENA(arena);

	error_init(&e, &arena);
	if (open_writer(writer, &e) != OK) {
		fail_all(writer, &e);
		return;
	}
	if (writer->batch[0]->stale) {
		finish_all(writer);
		return;
	}
	if (run_group(writer, &e) == OK) {
		check_file(writer);
		find_stale(writer);
		finish_all(writer);
	} else if (e.status == BUSY) {
		fail_late(writer, &e);
	} else {
		fail_all(writer, &e);
	}
}

void *writer_main(void *data)
{
	struct writer_thread writer = { .jobs = data };

	writer.context = writer.jobs->door;
	while ((writer.count = jobs_take_writes(writer.jobs, writer.batch,
						writer.count, GROUP_MOST)))
		write_batch(&writer);
	context_close(&writer.context);
	return NULL;
}

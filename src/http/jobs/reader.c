/*
 * A thread for reading that may take long: lists, counts, and bodies that are
 * too large to decode on the loop.
 */
#include "http/jobs/job.h"
#include "http/jobs/jobs.h"
#include "util/clock.h"

enum {
	READ_TIME = 60000000,        /* ticks until a read must have a result */
	PAGE_SIZE = 4 * 1024 * 1024, /* bytes of the largest page with a Link */
};

struct reader_thread {
	struct context context;
	struct job *job;
};

/*
 * The engine's progress callback: ends a statement whose result is not needed
 * any more.
 */
static void look_at_time(void *data)
{
	const struct reader_thread *reader = data;
	const struct job *job = reader->job;

	if (job &&
	    (atomic_load(&job->cancelled) || clock_ticks() > job->deadline))
		engine_interrupt(reader->context.engine);
}

static enum status open_reader(struct reader_thread *reader, struct error *e)
{
	context_refresh(&reader->context);
	if (reader->context.engine)
		return OK;
	if (context_open(&reader->context, 0, e) != OK)
		return e->status;
	engine_on_progress(reader->context.engine, look_at_time, reader);
	return OK;
}

static void refuse_late(struct job *job)
{
	if (clock_ticks() > job->deadline)
		fail(&job->reply.error, BUSY, "The request took too long");
}

/*
 * Where the next page begins is known at the end of this one, but sent in its
 * head.
 */
static bool has_limit(const struct reply *reply)
{
	int i = operation_find_flag(reply->entry->operation, PARAMETER_LIMIT);

	return i >= 0 && reply->arguments.given[i];
}

static void run_job(struct reader_thread *reader, struct job *job)
{
	struct reply *reply = &job->reply;

	job->deadline = job->queued + READ_TIME;
	if (open_reader(reader, &reply->error) == OK) {
		reply_prepare(reply, &reader->context);
		reader->job = job;
		if (has_limit(reply))
			job->sink.enough = PAGE_SIZE;
		reply_read(reply);
		if (reply->error.status != OK && !job->begun && !job->cut) {
			/* What could not be read has been waited for. */
			job->stale = reply->error.status != BUSY &&
				     job_is_stale(job, &reader->context);
			refuse_late(job);
		}
		reader->job = NULL;
		engine_clear_interrupt(reader->context.engine);
	}
	if (job->cut)
		reply_head(reply);
	else if (!job->begun)
		reply_finish(reply);
	job_finish(job);
}

/* Decodes a large body.  One at a time, to limit the memory for them. */
static void decode_job(struct jobs *jobs, struct job *job)
{
	if (reply_decode(&job->reply)) {
		if (jobs_add_decoded(jobs, job))
			return;
		job_refuse(job);
	}
	jobs_end_large(jobs);
	job_finish(job);
}

void *reader_main(void *data)
{
	struct jobs *jobs = data;
	struct reader_thread reader = { .context = jobs->door };
	struct job *job;

	poller_give_way();
	while ((job = jobs_take_read(jobs))) {
		if (job->large)
			decode_job(jobs, job);
		else
			run_job(&reader, job);
	}
	context_close(&reader.context);
	return NULL;
}

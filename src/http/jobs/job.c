#include "http/jobs/job.h"

#include <time.h>

#include "engine/introspect.h"
#include "http/answer/problem.h"
#include "http/jobs/jobs.h"
#include "http/wire/gzip.h"
#include "util/clock.h"

enum {
	PIECE_SIZE = 256 * 1024, /* bytes; a longer body is streamed */
	WAITING_MOST = 256 * 1024,
	STALL_TIME = 10000000,   /* ticks without any reading by the client */
	STALL_SHORT = 2000000,   /* the same, while others wait for a thread */
	STREAM_TIME = 300000000, /* ticks for a whole answer */
};

static void init_condition(pthread_cond_t *condition)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(condition, &attributes);
	pthread_condattr_destroy(&attributes);
}

void job_free(struct job *job)
{
	edition_release(job->edition);
	arena_clear(&job->arena);
	jobs_keep_spare(job->jobs, &job->sink.buffer);
	buffer_clear(&job->pieces);
	buffer_clear(&job->packed);
	gzip_free(job->gzip);
	pthread_cond_destroy(&job->taken);
	free(job);
}

/*
 * Waits up to a second for the loop to take pieces.  False: the client has not
 * read for too long; since is when it last did, in ticks.
 */
static bool wait_taken(struct job *job, int64_t since)
{
	struct jobs *jobs = job->jobs;
	struct timespec until;
	int64_t now;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec++;
	if (!pthread_cond_timedwait(&job->taken, &jobs->lock, &until))
		return true;
	now = clock_ticks();
	return now < job->deadline && !jobs->ending &&
	       now - since < (jobs->reads.count ? STALL_SHORT : STALL_TIME);
}

static void add_piece(struct job *job, const char *bytes, size_t length)
{
	/* HTTP/1.0 has no chunks: the body ends with the connection. */
	bool chunked = job->reply.request->minor > 0;

	if (chunked)
		buffer_printf(&job->pieces, "%zx\r\n", length);
	buffer_add(&job->pieces, bytes, length);
	if (chunked)
		buffer_text(&job->pieces, "\r\n");
}

/* With the lock held. */
static bool push(struct job *job, const char *bytes, size_t length)
{
	int64_t since = clock_ticks();

	job->streaming = true;
	while (job->pieces.length > WAITING_MOST) {
		if (atomic_load(&job->cancelled) || !wait_taken(job, since))
			return false;
	}
	add_piece(job, bytes, length);
	jobs_post(job->jobs, job);
	return true;
}

/* Makes the head of an answer whose rows follow. */
static void begin_stream(struct job *job)
{
	if (job->begun)
		return;
	job->begun = true;
	job->deadline = clock_ticks() + STREAM_TIME;
	reply_head(&job->reply);
	if (job->response.gzip)
		job->gzip = gzip_new();
}

/* The bytes as they are sent; none if the compressor waits for more. */
static struct slice pack(struct job *job, const char *bytes, size_t length,
			 bool last)
{
	if (!job->gzip)
		return (struct slice){ bytes, length };
	job->packed.length = 0;
	gzip_add(job->gzip, bytes, length, last, &job->packed);
	return (struct slice){ job->packed.data, job->packed.length };
}

/*
 * The sink's take: waits while too many bytes are unsent.  CLOSED if that takes
 * too long, or the rest is not wanted.
 */
static enum status job_push(void *data, const char *bytes, size_t length,
			    struct error *e)
{
	struct job *job = data;
	struct slice piece;
	bool pushed;

	if (job->reply.request->method == HTTP_HEAD) {
		job->cut = true;
		return fail(e, CLOSED, "only the head is wanted");
	}
	begin_stream(job);
	piece = pack(job, bytes, length, false);
	if (!piece.length)
		return OK;
	pthread_mutex_lock(&job->jobs->lock);
	pushed = push(job, piece.data, piece.length);
	pthread_mutex_unlock(&job->jobs->lock);
	return pushed ? OK : fail(e, CLOSED, "the client reads too slowly");
}

struct job *job_new(struct service *service, const struct router_entry *entry,
		    const struct request *request)
{
	struct job *job = calloc(1, sizeof(*job));

	if (!job)
		abort();
	job->jobs = service->jobs;
	job->edition = edition_hold(service);
	job->queued = clock_ticks();
	arena_init(&job->arena);
	sink_init_memory(&job->sink);
	job->sink.take = job_push;
	job->sink.data = job;
	job->sink.enough = PIECE_SIZE;
	if (job->jobs->nspares)
		job->sink.buffer = job->jobs->spares[--job->jobs->nspares];
	init_condition(&job->taken);
	job->reply = (struct reply){
		.operator= service->operator,
		.root_path = service->settings->root_path,
		.entry = entry,
		.request = request,
		.arena = &job->arena,
		.sink = &job->sink,
		.response = &job->response,
	};
	reply_init(&job->reply);
	return job;
}

/* Adds the rest of a streamed body, and its end. */
static void end_stream(struct job *job, struct slice rest)
{
	if (job->reply.error.status != OK ||
	    (rest.length && !push(job, rest.data, rest.length)))
		job->aborted = true;
	else if (job->reply.request->minor > 0)
		buffer_text(&job->pieces, "0\r\n\r\n");
}

void job_refuse(struct job *job)
{
	problem_of_status(503, "Too many requests are waiting", &job->arena,
			  &job->response);
	response_field(&job->response, "Retry-After", "1");
}

bool job_is_stale(const struct job *job, const struct context *context)
{
	int64_t version;
	struct error e;
	ARENA(arena);

	error_init(&e, &arena);
	return context->engine &&
	       engine_schema_version(context->engine, &version, &e) == OK &&
	       version != job->edition->schema_version;
}

void job_finish(struct job *job)
{
	const struct buffer *left = &job->sink.buffer;
	struct slice rest = { .data = NULL };

	if (job->begun)
		rest = pack(job, buffer_string(left), left->length, true);
	pthread_mutex_lock(&job->jobs->lock);
	if (job->begun)
		end_stream(job, rest);
	job->finished = true;
	jobs_post(job->jobs, job);
	pthread_mutex_unlock(&job->jobs->lock);
}

bool job_is_streaming(struct job *job)
{
	bool streaming;

	pthread_mutex_lock(&job->jobs->lock);
	streaming = job->streaming;
	pthread_mutex_unlock(&job->jobs->lock);
	return streaming;
}

bool job_pull(struct job *job, struct buffer *out)
{
	bool last;

	pthread_mutex_lock(&job->jobs->lock);
	if (out && job->pieces.length) {
		buffer_add(out, job->pieces.data, job->pieces.length);
		job->pieces.length = 0;
		pthread_cond_signal(&job->taken);
	}
	/* jobs_next will return a posted job again. */
	last = job->finished && !job->posted;
	pthread_mutex_unlock(&job->jobs->lock);
	return last;
}

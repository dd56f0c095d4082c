#include "http/jobs/jobs.h"

#include <assert.h>

#include "http/jobs/job.h"

enum {
	MOST_READS = 1024, /* waiting */
	MOST_WRITES = 1024,
	STACK_SIZE = 1024 * 1024,
	SPARE_MOST = 256 * 1024, /* bytes of a buffer that is kept */
};

static void queue_add(struct job_queue *queue, struct job *job)
{
	job->next = NULL;
	if (queue->last)
		queue->last->next = job;
	else
		queue->first = job;
	queue->last = job;
	queue->count++;
}

static struct job *queue_take(struct job_queue *queue)
{
	struct job *job = queue->first;

	if (!job)
		return NULL;
	queue->first = job->next;
	if (!queue->first)
		queue->last = NULL;
	queue->count--;
	return job;
}

void jobs_open(struct jobs *jobs, const struct context *door,
	       struct poller *poller, size_t readers)
{
	*jobs = (struct jobs){
		.poller = poller,
		.door = *door,
		.most_readers = readers,
	};
	assert(readers <= JOBS_MOST_READERS);
	jobs->door.engine = NULL;
	pthread_mutex_init(&jobs->lock, NULL);
	pthread_cond_init(&jobs->readable, NULL);
	pthread_cond_init(&jobs->writable, NULL);
}

/* Returns the jobs that no thread took to the loop. */
static void give_back(struct jobs *jobs, struct job_queue *queue)
{
	struct job *job;

	while ((job = queue_take(queue))) {
		job->finished = true;
		jobs_post(jobs, job);
	}
}

void jobs_stop(struct jobs *jobs)
{
	pthread_mutex_lock(&jobs->lock);
	jobs->ending = true;
	pthread_cond_broadcast(&jobs->readable);
	pthread_cond_broadcast(&jobs->writable);
	pthread_mutex_unlock(&jobs->lock);
	for (size_t i = 0; i < jobs->nreaders; i++)
		pthread_join(jobs->readers[i], NULL);
	if (jobs->has_writer)
		pthread_join(jobs->writer, NULL);
	give_back(jobs, &jobs->reads);
	give_back(jobs, &jobs->writes);
}

void jobs_keep_spare(struct jobs *jobs, struct buffer *take_buffer)
{
	take_buffer->length = 0;
	if (take_buffer->capacity > SPARE_MOST || jobs->nspares == JOBS_SPARES)
		buffer_clear(take_buffer);
	else if (take_buffer->capacity)
		jobs->spares[jobs->nspares++] = *take_buffer;
}

void jobs_free_spares(struct jobs *jobs)
{
	while (jobs->nspares)
		buffer_clear(&jobs->spares[--jobs->nspares]);
}

void jobs_close(struct jobs *jobs)
{
	jobs_free_spares(jobs);
	pthread_cond_destroy(&jobs->readable);
	pthread_cond_destroy(&jobs->writable);
	pthread_mutex_destroy(&jobs->lock);
}

static bool start(pthread_t *thread, void *(*run)(void *), struct jobs *jobs)
{
	pthread_attr_t attributes;
	bool started;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	started = !pthread_create(thread, &attributes, run, jobs);
	pthread_attr_destroy(&attributes);
	return started;
}

static bool add_read(struct jobs *jobs, struct job *job)
{
	if (jobs->reads.count >= MOST_READS)
		return false;
	if (jobs->nidle <= jobs->reads.count &&
	    jobs->nreaders < jobs->most_readers &&
	    start(&jobs->readers[jobs->nreaders], reader_main, jobs))
		jobs->nreaders++;
	if (!jobs->nreaders)
		return false;
	queue_add(&jobs->reads, job);
	pthread_cond_signal(&jobs->readable);
	return true;
}

static bool add_write(struct jobs *jobs, struct job *job)
{
	if (jobs->writes.count + jobs->writing >= MOST_WRITES)
		return false;
	if (!jobs->has_writer)
		jobs->has_writer = start(&jobs->writer, writer_main, jobs);
	if (!jobs->has_writer)
		return false;
	queue_add(&jobs->writes, job);
	pthread_cond_signal(&jobs->writable);
	return true;
}

bool jobs_add(struct jobs *jobs, struct job *job)
{
	unsigned flags = job->reply.entry->operation->flags;
	bool added;

	pthread_mutex_lock(&jobs->lock);
	/* A large body is decoded by a reader first. */
	added = flags & OPERATION_WRITES && !job->large ? add_write(jobs, job)
							: add_read(jobs, job);
	pthread_mutex_unlock(&jobs->lock);
	return added;
}

void jobs_post(struct jobs *jobs, struct job *job)
{
	if (job->posted)
		return;
	job->posted = true;
	if (!jobs->posted.count)
		poller_wake(jobs->poller);
	queue_add(&jobs->posted, job);
}

void jobs_count(struct jobs *jobs, size_t *reads, size_t *writes)
{
	pthread_mutex_lock(&jobs->lock);
	*reads = jobs->reads.count;
	*writes = jobs->writes.count + jobs->writing;
	pthread_mutex_unlock(&jobs->lock);
}

struct job *jobs_next(struct jobs *jobs)
{
	struct job *job;

	pthread_mutex_lock(&jobs->lock);
	job = queue_take(&jobs->posted);
	if (job)
		job->posted = false;
	pthread_mutex_unlock(&jobs->lock);
	return job;
}

bool jobs_cancel(struct jobs *jobs, struct job *job)
{
	bool over;

	atomic_store(&job->cancelled, true);
	pthread_mutex_lock(&jobs->lock);
	pthread_cond_signal(&job->taken);
	over = job->finished && !job->posted;
	pthread_mutex_unlock(&jobs->lock);
	return over;
}

/* The next job to read; large bodies one at a time. */
static struct job *pick_read(struct jobs *jobs)
{
	struct job **link = &jobs->reads.first, *before = NULL, *job;

	while (*link && (*link)->large && jobs->large) {
		before = *link;
		link = &before->next;
	}
	job = *link;
	if (!job)
		return NULL;
	*link = job->next;
	if (!job->next)
		jobs->reads.last = before;
	jobs->reads.count--;
	jobs->large |= job->large;
	return job;
}

struct job *jobs_take_read(struct jobs *jobs)
{
	struct job *job = NULL;

	pthread_mutex_lock(&jobs->lock);
	jobs->nidle++;
	while (!jobs->ending && !(job = pick_read(jobs)))
		pthread_cond_wait(&jobs->readable, &jobs->lock);
	jobs->nidle--;
	pthread_mutex_unlock(&jobs->lock);
	return job;
}

size_t jobs_take_writes(struct jobs *jobs, struct job **batch, size_t has,
			size_t count)
{
	pthread_mutex_lock(&jobs->lock);
	jobs->writing = has; /* the others of the last batch were answered */
	while (!jobs->ending && !has && !jobs->writes.count)
		pthread_cond_wait(&jobs->writable, &jobs->lock);
	while (has < count && jobs->writes.count)
		batch[has++] = queue_take(&jobs->writes);
	jobs->writing = has;
	pthread_mutex_unlock(&jobs->lock);
	return has;
}

bool jobs_add_decoded(struct jobs *jobs, struct job *job)
{
	bool added;

	pthread_mutex_lock(&jobs->lock);
	added = add_write(jobs, job);
	pthread_mutex_unlock(&jobs->lock);
	return added;
}

void jobs_end_large(struct jobs *jobs)
{
	pthread_mutex_lock(&jobs->lock);
	jobs->large = false;
	pthread_cond_signal(&jobs->readable);
	pthread_mutex_unlock(&jobs->lock);
}

#include "http/server/connection.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/jobs/job.h"
#include "http/jobs/jobs.h"
#include "http/jobs/poller.h"
#include "http/server/exchange.h"

enum {
	READ_SIZE = 16 * 1024, /* least room for a read */
	/* What each buffer of an idle connection keeps at most: a full one in
	   each of 4096 connections are twice the memory that the larger
	   ones share. */
	KEEP_SIZE = 32 * 1024,
	TURN_REQUESTS = 32, /* of one connection in one turn */
};

/* The time limit of each phase, in seconds. */
static const int64_t phase_seconds[] = {
	[CONNECTION_IDLE] = 60,
	[CONNECTION_HEAD] = 10,
	[CONNECTION_BODY] = 30,
	[CONNECTION_WRITING] = 60,
	[CONNECTION_LINGERING] = 2,
	/* Jobs have their own time limit. */
	[CONNECTION_WAITING] = 1000000,
};

void connection_set_phase(struct connection *connection,
			  enum connection_phase phase, int64_t now)
{
	connection->phase = phase;
	connection->deadline = now + phase_seconds[phase] * 1000000;
}

/* Counts the memory of the answers. */
static void hold(struct connection *connection)
{
	size_t size = connection->out.capacity;

	if (size <= KEEP_SIZE)
		size = 0;
	connection->allowance->used += size - connection->held;
	connection->held = size;
}

struct connection *connection_new(int fd, struct allowance *allowance,
				  int64_t now)
{
	struct connection *connection = malloc(sizeof(*connection));

	if (!connection) {
		close(fd);
		return NULL;
	}
	memset(connection, 0, sizeof(*connection));
	connection->fd = fd;
	connection->allowance = allowance;
	exchange_begin(connection);
	connection_set_phase(connection, CONNECTION_IDLE, now);
	return connection;
}

void connection_end(struct connection *connection)
{
	if (connection->job)
		job_free(connection->job);
	buffer_clear(&connection->in);
	buffer_clear(&connection->out);
	connection->allowance->used -= connection->claimed + connection->held;
	free(connection);
}

void connection_close(struct connection *connection)
{
	struct job *job = connection->job;

	close(connection->fd);
	/* The job reads from the request. */
	if (job && !jobs_cancel(job->jobs, job))
		connection->gone = true;
	else
		connection_end(connection);
}

/* Empties a buffer, and frees the memory that only a large message needed. */
static void buffer_rest(struct buffer *buffer)
{
	if (buffer->capacity > KEEP_SIZE)
		buffer_clear(buffer);
	buffer->length = 0;
}

/* False: the client is gone. */
static bool flush(struct connection *connection, const struct turn *turn)
{
	while (connection_unsent(connection)) {
		ssize_t n = send(connection->fd,
				 connection->out.data + connection->sent,
				 connection_unsent(connection), MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN || errno == EWOULDBLOCK;
		connection->sent += (size_t)n;
		/* A client that reads slowly may go on. */
		if (connection->phase == CONNECTION_WRITING)
			connection_set_phase(connection, CONNECTION_WRITING,
					     turn->now);
	}
	buffer_rest(&connection->out);
	connection->sent = 0;
	return true;
}

/* One read, so that no connection holds up the others. */
static bool receive(struct connection *connection)
{
	char *room = buffer_reserve(&connection->in, READ_SIZE);
	size_t size = connection->in.capacity - connection->in.length - 1;
	ssize_t n = recv(connection->fd, room, size, 0);

	if (n < 0)
		return errno == EAGAIN || errno == EWOULDBLOCK ||
		       errno == EINTR;
	if (!n)
		connection->finished = true;
	connection->in.length += (size_t)n;
	return true;
}

/* Answers all complete requests.  False: too many bytes are unsent. */
static bool answer_all(struct connection *connection, const struct turn *turn)
{
	struct buffer *in = &connection->in;

	while (exchange_next(connection, turn))
		continue;
	/* The job reads the request's bytes, so they must not move. */
	if (connection->job)
		return true;
	if (connection->ending)
		in->length = connection->taken = 0;
	in->length -= connection->taken;
	if (connection->taken && in->length) {
		memmove(in->data, in->data + connection->taken, in->length);
		/* Of a head that is refused for its time, fields are read. */
		connection->request.data = in->data;
	}
	connection->taken = 0;
	if (!in->length)
		buffer_rest(in);
	return connection_unsent(connection) <= OUT_MARK;
}

static enum connection_phase phase_of(const struct connection *connection)
{
	if (connection_unsent(connection))
		return CONNECTION_WRITING;
	if (connection->job)
		return CONNECTION_WAITING;
	if (request_in_body(&connection->request))
		return CONNECTION_BODY;
	return connection->in.length ? CONNECTION_HEAD : CONNECTION_IDLE;
}

/*
 * The client may still be sending: closing now would reset the connection, and
 * the client could lose the last answer (RFC 9112, 9.6).
 */
static bool linger(struct connection *connection, const struct turn *turn)
{
	if (connection->finished || shutdown(connection->fd, SHUT_WR))
		return false;
	connection_set_phase(connection, CONNECTION_LINGERING, turn->now);
	return true;
}

/* Discards the bytes that still arrive.  False at their end. */
static bool drain(struct connection *connection)
{
	char waste[READ_SIZE];
	ssize_t n = recv(connection->fd, waste, sizeof(waste), 0);

	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

/* Sets the phase after the answers were made and written. */
static bool settle(struct connection *connection, const struct turn *turn)
{
	enum connection_phase phase = phase_of(connection);

	if (phase != CONNECTION_WRITING && phase != CONNECTION_WAITING) {
		if (connection->ending)
			return linger(connection, turn);
		if (connection->more)
			return true;
		/* A request that will never be complete. */
		if (connection->finished)
			return false;
		if (turn->stopping && phase == CONNECTION_IDLE)
			return false;
	}
	if (phase != connection->phase)
		connection_set_phase(connection, phase, turn->now);
	return true;
}

bool connection_receive(struct connection *connection)
{
	if (connection->phase == CONNECTION_LINGERING)
		return drain(connection);
	connection->early = connection->job != NULL;
	if (connection->ending || connection->finished || connection->more ||
	    connection->job || connection_unsent(connection))
		return true;
	return receive(connection);
}

/* Answers until nothing is left to do, or the client must read first. */
static bool go_on(struct connection *connection, const struct turn *turn)
{
	enum progress progress = PROGRESS_MADE;

	if (!flush(connection, turn))
		return false;
	while (progress == PROGRESS_MADE && !connection_unsent(connection)) {
		if (connection->job)
			progress = exchange_follow_job(connection, turn);
		else if (answer_all(connection, turn) && !connection->job)
			progress = PROGRESS_NONE;
		if (progress == PROGRESS_BROKEN || !flush(connection, turn))
			return false;
	}
	return true;
}

bool connection_answer(struct connection *connection, const struct turn *turn)
{
	if (connection->phase == CONNECTION_LINGERING)
		return true;
	connection->more = false;
	connection->budget = TURN_REQUESTS;
	if (!go_on(connection, turn))
		return false;
	hold(connection);
	return settle(connection, turn);
}

bool connection_expire(struct connection *connection, const struct turn *turn)
{
	switch (connection->phase) {
	case CONNECTION_HEAD:
	case CONNECTION_BODY:
		exchange_refuse(connection, turn, 408,
				"The request took too long");
		return flush(connection, turn) && settle(connection, turn);
	case CONNECTION_IDLE:
	case CONNECTION_WAITING:
	case CONNECTION_WRITING:
	case CONNECTION_LINGERING:
		break;
	}
	return false;
}

unsigned connection_interest(const struct connection *connection)
{
	/* With requests left, the next turn is as soon as it is writable. */
	if (connection->phase == CONNECTION_WRITING || connection->more)
		return POLLER_WRITE;
	/* Most clients wait for the answer; only for one that does not is it
	   worth the system calls to stop watching and to resume. */
	return connection->phase == CONNECTION_WAITING && connection->early
		       ? 0
		       : POLLER_READ;
}

#include "http/server/connection.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/answer/problem.h"
#include "http/jobs/job.h"
#include "http/jobs/jobs.h"
#include "http/jobs/poller.h"
#include "http/server/handle.h"

enum {
	READ_SIZE = 16 * 1024,    /* room for a read, at the least */
	OUT_MARK = 256 * 1024,    /* answers that wait: no more are made */
	KEEP_SIZE = 64 * 1024,    /* memory that an idle connection may keep */
	SMALL_SIZE = 64 * 1024,   /* a body that costs nothing */
	CLAIM_SIZE = 1024 * 1024, /* of a body without a length, at a time */
	BODY_LIMIT = 10 * 1024 * 1024,
	TURN_REQUESTS = 32, /* of one connection, before the others' turn */
};

/* How long each phase may last in all, in seconds. */
static const int64_t phase_seconds[] = {
	[CONNECTION_IDLE] = 60,
	[CONNECTION_HEAD] = 10,
	[CONNECTION_BODY] = 30,
	[CONNECTION_WRITING] = 60,
	[CONNECTION_LINGERING] = 2,
	/* The job has its own time. */
	[CONNECTION_WAITING] = 1000000,
};

static void set_phase(struct connection *connection,
		      enum connection_phase phase, int64_t now)
{
	connection->phase = phase;
	connection->deadline = now + phase_seconds[phase] * 1000000;
}

static void request_begin(struct connection *connection)
{
	request_init(&connection->request, BODY_LIMIT);
	connection->judged = false;
	connection->allowance->used -= connection->claimed;
	connection->claimed = 0;
}

/* Whether the body may take size bytes in all. */
static bool claim(struct connection *connection, size_t size)
{
	struct allowance *allowance = connection->allowance;

	if (size <= connection->claimed)
		return true;
	if (allowance->used + size - connection->claimed > allowance->limit)
		return false;
	allowance->used += size - connection->claimed;
	connection->claimed = size;
	return true;
}

/* Counts what the answers take now. */
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
	request_begin(connection);
	set_phase(connection, CONNECTION_IDLE, now);
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

static size_t unsent(const struct connection *connection)
{
	return connection->out.length - connection->sent;
}

/* Gives memory back that only a large message needed. */
static void buffer_rest(struct buffer *buffer)
{
	if (buffer->capacity > KEEP_SIZE)
		buffer_clear(buffer);
	buffer->length = 0;
}

/* False: the client is gone. */
static bool flush(struct connection *connection, const struct turn *turn)
{
	while (unsent(connection)) {
		ssize_t n = send(connection->fd,
				 connection->out.data + connection->sent,
				 unsent(connection), MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN || errno == EWOULDBLOCK;
		connection->sent += (size_t)n;
		/* A slow reader is not a dead one. */
		if (connection->phase == CONNECTION_WRITING)
			set_phase(connection, CONNECTION_WRITING, turn->now);
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

static void write_response(struct connection *connection,
			   const struct turn *turn, struct response *response)
{
	struct arena_mark mark = arena_mark(turn->arena);
	const struct response_frame frame = {
		.date = turn->date,
		.head_only = connection->request.method == HTTP_HEAD,
		.close = connection->ending,
		.chunked = connection->request.minor > 0,
	};

	turn->service->metrics.responses[response->status / 100]++;
	problem_adapt(&connection->request, turn->arena, response);
	response_write(response, &frame, &connection->out);
	arena_rewind(turn->arena, mark);
}

/*
 * Refuses what came in, or did not, and ends the connection with it.  A
 * request of which more is to come is not read to its end.
 */
static void refuse(struct connection *connection, const struct turn *turn,
		   int status, const char *reason)
{
	struct arena_mark mark = arena_mark(turn->arena);
	struct response response = { .status = status };

	/* Of a request that was not understood, no method counts. */
	connection->request.method = HTTP_GET;
	connection->ending = true;
	problem_of_status(status, reason, turn->arena, &response);
	if (status == 503)
		response_field(&response, "Retry-After", "1");
	write_response(connection, turn, &response);
	arena_rewind(turn->arena, mark);
}

/* Clients that don't read hold all the memory that there is for answers. */
static void refuse_for_memory(const struct turn *turn,
			      struct response *response)
{
	*response = (struct response){ .status = 503 };
	problem_of_status(503, "Too many answers are waiting to be read",
			  turn->arena, response);
	response_field(response, "Retry-After", "1");
}

static void end_request(struct connection *connection, const struct turn *turn)
{
	connection->taken += connection->request.position;
	connection->begun = false;
	request_begin(connection);
	set_phase(connection, CONNECTION_IDLE, turn->now);
}

static void end_job(struct connection *connection, const struct turn *turn)
{
	if (!connection->begun)
		write_response(connection, turn, &connection->job->response);
	job_free(connection->job);
	connection->job = NULL;
	end_request(connection, turn);
}

static void answer(struct connection *connection, const struct turn *turn)
{
	struct arena_mark mark = arena_mark(turn->arena);
	struct response response;

	if (!connection->request.keep_alive || turn->stopping)
		connection->ending = true;
	if (connection->allowance->used > connection->allowance->limit)
		refuse_for_memory(turn, &response);
	else
		connection->job = handle_request(turn->service,
						 &connection->request,
						 turn->arena, &response);
	if (!connection->job) {
		write_response(connection, turn, &response);
		end_request(connection, turn);
	} else if (connection->job->ready) {
		end_job(connection, turn);
	} else {
		connection->job->connection = connection;
	}
	arena_rewind(turn->arena, mark);
}

/* Whether the body is worth an answer before it is there. */
static bool is_large(const struct connection *connection)
{
	const struct request *request = &connection->request;

	return request->chunked || request->expects_continue ||
	       request->remaining > SMALL_SIZE;
}

/* Answers a request whose head says already that it is refused. */
static bool refuse_head(struct connection *connection, const struct turn *turn)
{
	struct arena_mark mark = arena_mark(turn->arena);
	struct response response;
	bool refused = !handle_head(turn->service, &connection->request,
				    turn->arena, &response);

	if (refused) {
		connection->ending = true;
		write_response(connection, turn, &response);
	}
	arena_rewind(turn->arena, mark);
	return refused;
}

static size_t body_size(const struct connection *connection)
{
	const struct request *request = &connection->request;

	return request->chunked
		       ? connection->in.length - connection->taken + CLAIM_SIZE
		       : (size_t)request->remaining;
}

/* Before more of a body is read: whether it's wanted, and has room. */
static void judge_body(struct connection *connection, const struct turn *turn)
{
	if (!request_in_body(&connection->request) || !is_large(connection))
		return;
	if (!connection->judged && refuse_head(connection, turn))
		return;
	if (!connection->request.chunked ||
	    connection->in.length - connection->taken > SMALL_SIZE) {
		if (!claim(connection, body_size(connection))) {
			refuse(connection, turn, 503,
			       "Too many bodies are being read");
			return;
		}
	}
	if (connection->request.expects_continue && !connection->judged)
		buffer_text(&connection->out, "HTTP/1.1 100 Continue\r\n\r\n");
	connection->judged = true;
}

/* The next request, if there is a whole one: false if not. */
static bool answer_one(struct connection *connection, const struct turn *turn)
{
	struct buffer *in = &connection->in;
	size_t length = in->length - connection->taken;
	enum parse_result result;

	if (!length || connection->ending || connection->job ||
	    unsent(connection) > OUT_MARK)
		return false;
	connection->more = !connection->budget;
	if (connection->more)
		return false;
	result = request_parse(&connection->request,
			       in->data + connection->taken, &length);
	in->length = connection->taken + length;
	switch (result) {
	case PARSE_DONE:
		connection->budget--;
		answer(connection, turn);
		return true;
	case PARSE_REFUSED:
		refuse(connection, turn, connection->request.status,
		       connection->request.reason);
		return false;
	case PARSE_MORE:
		judge_body(connection, turn);
		break;
	}
	return false;
}

/* False: it stopped because too much is waiting to be written. */
static bool answer_all(struct connection *connection, const struct turn *turn)
{
	struct buffer *in = &connection->in;

	while (answer_one(connection, turn))
		continue;
	/* Its bytes stay where the job has seen them. */
	if (connection->job)
		return true;
	if (connection->ending)
		in->length = connection->taken = 0;
	in->length -= connection->taken;
	if (connection->taken && in->length)
		memmove(in->data, in->data + connection->taken, in->length);
	connection->taken = 0;
	if (!in->length)
		buffer_rest(in);
	return unsent(connection) <= OUT_MARK;
}

static enum connection_phase phase_of(const struct connection *connection)
{
	if (unsent(connection))
		return CONNECTION_WRITING;
	if (connection->job)
		return CONNECTION_WAITING;
	if (request_in_body(&connection->request))
		return CONNECTION_BODY;
	return connection->in.length ? CONNECTION_HEAD : CONNECTION_IDLE;
}

/*
 * The client may still be sending: closing now would reset the connection,
 * and the last answer with it (RFC 9112, 9.6).
 */
static bool linger(struct connection *connection, const struct turn *turn)
{
	if (connection->finished || shutdown(connection->fd, SHUT_WR))
		return false;
	set_phase(connection, CONNECTION_LINGERING, turn->now);
	return true;
}

/* Throws away what still comes.  False at its end. */
static bool drain(struct connection *connection)
{
	char waste[READ_SIZE];
	ssize_t n = recv(connection->fd, waste, sizeof(waste), 0);

	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

/* What comes after the answers are made and written. */
static bool settle(struct connection *connection, const struct turn *turn)
{
	enum connection_phase phase = phase_of(connection);

	if (phase != CONNECTION_WRITING && phase != CONNECTION_WAITING) {
		if (connection->ending)
			return linger(connection, turn);
		if (connection->more)
			return true;
		/* Half a request that will never be whole. */
		if (connection->finished)
			return false;
		if (turn->stopping && phase == CONNECTION_IDLE)
			return false;
	}
	if (phase != connection->phase)
		set_phase(connection, phase, turn->now);
	return true;
}

bool connection_receive(struct connection *connection)
{
	if (connection->phase == CONNECTION_LINGERING)
		return drain(connection);
	if (connection->ending || connection->finished || connection->more ||
	    connection->job || unsent(connection))
		return true;
	return receive(connection);
}

enum progress { PROGRESS_NONE, PROGRESS_MADE, PROGRESS_BROKEN };

/* Goes on with the job as far as the threads have come. */
static enum progress follow_job(struct connection *connection,
				const struct turn *turn)
{
	struct job *job = connection->job;
	bool begins = !connection->begun && job_is_streaming(job);

	if (begins)
		write_response(connection, turn, &job->response);
	connection->begun |= begins;
	if (!job_pull(job, connection->begun ? &connection->out : NULL))
		return unsent(connection) ? PROGRESS_MADE : PROGRESS_NONE;
	if (job->aborted)
		return PROGRESS_BROKEN;
	if (job->stale) {
		job_free(job);
		connection->job = NULL;
		answer(connection, turn);
	} else {
		end_job(connection, turn);
	}
	return PROGRESS_MADE;
}

/* Goes on until there is nothing to do, or too much to be read. */
static bool go_on(struct connection *connection, const struct turn *turn)
{
	enum progress progress = PROGRESS_MADE;

	if (!flush(connection, turn))
		return false;
	while (progress == PROGRESS_MADE && !unsent(connection)) {
		if (connection->job)
			progress = follow_job(connection, turn);
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
		refuse(connection, turn, 408, "The request took too long");
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
	/* With requests left, it is ready as soon as it may be written to. */
	if (connection->phase == CONNECTION_WRITING || connection->more)
		return POLLER_WRITE;
	return connection->phase == CONNECTION_WAITING ? 0 : POLLER_READ;
}

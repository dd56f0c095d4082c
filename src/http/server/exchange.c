#include "http/server/exchange.h"

#include "http/answer/problem.h"
#include "http/jobs/job.h"
#include "http/server/handle.h"
#include "http/service/cors.h"
#include "util/clock.h"

enum {
	SMALL_SIZE = 16 * 1024, /* a body that is not counted */
	CLAIM_SIZE = 64 * 1024, /* of a body of unknown length, at a time */
	BODY_LIMIT = 10 * 1024 * 1024,
	TURN_SIZE = 8 * 1024, /* bytes of an answer that count as a request */
	STATUS_CLOSED = 499,  /* in the log: the client did not wait */
};

static const char too_large[] =
	"The body has more than 10 MB: send it in parts, or import the file "
	"with the command taskmgr";

void exchange_begin(struct connection *connection)
{
	request_init(&connection->request, BODY_LIMIT);
	connection->entry = (struct access_entry){ .since = 0 };
	connection->judged = false;
	connection->allowance->used -= connection->claimed;
	connection->claimed = 0;
}

/* Whether the body may have size bytes; counts them if so. */
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

static void write_response(struct connection *connection,
			   const struct turn *turn, struct response *response)
{
	struct access_entry *entry = &connection->entry;
	const struct request *request = &connection->request;
	struct arena_mark mark = arena_mark(turn->arena);
	const struct response_frame frame = {
		.date = turn->date,
		.head_only = request->method == HTTP_HEAD,
		.close = connection->ending,
		.chunked = request->minor > 0,
	};

	turn->service->metrics.responses[response->status / 100]++;
	problem_adapt(request, turn->arena, response);
	access_log_name(turn->log, request, entry, response);
	cors_add_fields(turn->service->settings, request, turn->arena,
			response);
	if (!entry->since)
		entry->since = clock_ticks();
	entry->status = response->status;
	entry->bytes = frame.head_only ? 0 : response->body.length;
	connection->budget -= (int)(response->body.length / TURN_SIZE);
	response_write(response, &frame, &connection->out);
	arena_rewind(turn->arena, mark);
}

static void log_request(const struct connection *connection,
			struct access_log *log)
{
	access_log_add(log, connection->peer, &connection->request,
		       &connection->entry);
}

void exchange_abandon(const struct connection *connection,
		      struct access_log *log)
{
	struct access_entry entry = connection->entry;

	if (!connection->job || connection->gone)
		return;
	if (!connection->begun)
		entry.status = STATUS_CLOSED;
	access_log_add(log, connection->peer, &connection->request, &entry);
}

void exchange_refuse(struct connection *connection, const struct turn *turn,
		     int status, const char *reason)
{
	struct arena_mark mark = arena_mark(turn->arena);
	struct response response = { .status = status };

	/* The method of a malformed request is not used. */
	connection->request.method = HTTP_GET;
	connection->ending = true;
	problem_of_status(status, reason, turn->arena, &response);
	if (status == 503)
		response_field(&response, "Retry-After", "1");
	write_response(connection, turn, &response);
	log_request(connection, turn->log);
	arena_rewind(turn->arena, mark);
}

/* Clients that do not read use up all memory for answers. */
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
	log_request(connection, turn->log);
	connection->taken += connection->request.position;
	connection->begun = false;
	exchange_begin(connection);
	connection_set_phase(connection, CONNECTION_IDLE, turn->now);
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

	if (!connection->entry.since)
		connection->entry.since = clock_ticks();
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

/* Whether the body is so large that the head is answered first. */
static bool is_large(const struct connection *connection)
{
	const struct request *request = &connection->request;

	return request->chunked || request->expects_continue ||
	       request->remaining > SMALL_SIZE;
}

/* Answers a request that is refused by its head alone. */
static bool refuse_head(struct connection *connection, const struct turn *turn)
{
	struct arena_mark mark = arena_mark(turn->arena);
	struct response response;
	bool refused = !handle_head(turn->service, &connection->request,
				    turn->arena, &response);

	if (refused) {
		connection->ending = true;
		write_response(connection, turn, &response);
		log_request(connection, turn->log);
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

/* Before more of a body is read: refuses it if unwanted or without room. */
static void judge_body(struct connection *connection, const struct turn *turn)
{
	if (!request_in_body(&connection->request) || !is_large(connection))
		return;
	if (!connection->judged && refuse_head(connection, turn))
		return;
	if (!connection->request.chunked ||
	    connection->in.length - connection->taken > SMALL_SIZE) {
		if (!claim(connection, body_size(connection))) {
			exchange_refuse(connection, turn, 503,
					"Too many bodies are being read");
			return;
		}
	}
	if (connection->request.expects_continue && !connection->judged)
		buffer_text(&connection->out, "HTTP/1.1 100 Continue\r\n\r\n");
	connection->judged = true;
}

bool exchange_next(struct connection *connection, const struct turn *turn)
{
	struct buffer *in = &connection->in;
	size_t length = in->length - connection->taken;
	enum parse_result result;

	if (!length || connection->ending || connection->job ||
	    connection_unsent(connection) > OUT_MARK)
		return false;
	connection->more = connection->budget <= 0;
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
		exchange_refuse(connection, turn, connection->request.status,
				connection->request.status == 413
					? too_large
					: connection->request.reason);
		return false;
	case PARSE_MORE:
		judge_body(connection, turn);
		break;
	}
	return false;
}

enum progress exchange_follow_job(struct connection *connection,
				  const struct turn *turn)
{
	struct job *job = connection->job;
	bool begins = !connection->begun && job_is_streaming(job);
	size_t before;
	bool finished;

	if (begins)
		write_response(connection, turn, &job->response);
	connection->begun |= begins;
	before = connection->out.length;
	finished = job_pull(job, connection->begun ? &connection->out : NULL);
	connection->entry.bytes += connection->out.length - before;
	if (!finished)
		return connection_unsent(connection) ? PROGRESS_MADE
						     : PROGRESS_NONE;
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

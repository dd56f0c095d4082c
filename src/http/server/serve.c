#include "http/server/serve.h"

#include <sys/socket.h>
#include <unistd.h>

#include "http/answer/problem.h"
#include "http/jobs/job.h"
#include "http/jobs/jobs.h"
#include "http/jobs/poller.h"
#include "http/server/connection.h"
#include "http/server/exchange.h"
#include "http/server/limits.h"
#include "http/server/listener.h"
#include "http/server/reload.h"
#include "util/clock.h"
#include "util/version.h"

enum {
	MAX_EVENTS = 64, /* of one turn */
	MAX_ACCEPTS = 64,
	MAX_CONNECTIONS = 4096,
	MEMORY_LIMIT = 64 * 1024 * 1024,
	SWEEP = 1000000,          /* ticks between checks of the deadlines */
	STOP_TIME = 10 * 1000000, /* ticks, after a signal */
};

struct server {
	struct service service;
	struct listener listener;
	struct access_log log;
	struct reload reload;
	struct poller poller;
	struct jobs jobs;
	struct poller_event events[MAX_EVENTS]; /* of the current turn */
	size_t nevents;
	struct arena arena;             /* of the request being answered */
	struct connection *connections; /* the most recently active first */
	struct connection *oldest;      /* the last one */
	size_t nconnections, most;
	struct allowance allowance;
	bool used;               /* there were events since the last sweep */
	int64_t swept, stopping; /* ticks; stopping is 0 before a signal */
	bool again;              /* it stops to be started again */
	int64_t dated;           /* date, in seconds since 1970 */
	char date[HTTP_DATE_SIZE];
};

static struct turn turn_begin(struct server *server)
{
	int64_t now = clock_now();

	if (now / 1000000 != server->dated) {
		server->dated = now / 1000000;
		http_date(now, server->date);
	}
	server->service.metrics.connections = server->nconnections;
	server->service.metrics.memory = server->allowance.used;
	return (struct turn){
		.service = &server->service,
		.arena = &server->arena,
		.now = clock_ticks(),
		.date = server->date,
		.log = &server->log,
		.stopping = server->stopping,
	};
}

static void list_remove(struct server *server, struct connection *connection)
{
	if (connection->previous)
		connection->previous->next = connection->next;
	else
		server->connections = connection->next;
	if (connection->next)
		connection->next->previous = connection->previous;
	else
		server->oldest = connection->previous;
}

static void list_add(struct server *server, struct connection *connection)
{
	connection->previous = NULL;
	connection->next = server->connections;
	if (connection->next)
		connection->next->previous = connection;
	else
		server->oldest = connection;
	server->connections = connection;
}

static void drop(struct server *server, struct connection *connection)
{
	list_remove(server, connection);
	server->nconnections--;
	/* Its event in this turn must not be handled any more. */
	for (size_t i = 0; i < server->nevents; i++)
		if (server->events[i].data == connection)
			server->events[i].data = NULL;
	exchange_abandon(connection, &server->log);
	connection_close(connection);
}

/*
 * After a connection's turn: closes it if it is not alive, else updates what it
 * waits for.
 */
static void follow(struct server *server, struct connection *connection,
		   bool alive)
{
	unsigned interest = connection_interest(connection);

	if (alive && interest != connection->interest) {
		connection->interest = interest;
		alive = !poller_change(&server->poller, connection->fd,
				       interest, connection);
	}
	if (!alive) {
		drop(server, connection);
	} else if (connection != server->connections) {
		list_remove(server, connection);
		list_add(server, connection);
	}
}

static void admit(struct server *server, int fd, const struct turn *turn)
{
	struct connection *connection = connection_new(fd, &server->allowance,
						       turn->now);

	if (!connection)
		return;
	if (server->log.path)
		listener_peer(fd, connection->peer);
	list_add(server, connection);
	server->nconnections++;
	connection->interest = POLLER_READ;
	if (poller_add(&server->poller, fd, POLLER_READ, connection))
		drop(server, connection);
}

/*
 * The connection whose client has neither sent nor read anything for longest;
 * NULL if all wait for their answers.
 */
static struct connection *find_silent(const struct server *server)
{
	struct connection *connection = server->oldest;

	while (connection && connection->phase == CONNECTION_WAITING)
		connection = connection->previous;
	return connection;
}

/* Makes room for a new connection, if necessary by closing another. */
static bool make_room(struct server *server)
{
	struct connection *silent;

	if (server->nconnections < server->most)
		return true;
	silent = find_silent(server);
	if (!silent)
		return false;
	drop(server, silent);
	return true;
}

/* Refuses a connection, with as much of an answer as one write takes. */
static void turn_away(struct server *server, int fd, const struct turn *turn)
{
	struct arena_mark mark = arena_mark(turn->arena);
	const struct response_frame frame = {
		.date = turn->date,
		.close = true,
	};
	struct response response = { .status = 503 };
	BUFFER(out);

	problem_of_status(503, "There are too many connections", turn->arena,
			  &response);
	response_field(&response, "Retry-After", "1");
	response_write(&response, &frame, &out);
	send(fd, out.data, out.length, MSG_NOSIGNAL);
	close(fd);
	listener_recover(&server->listener);
	arena_rewind(turn->arena, mark);
}

static void accept_all(struct server *server, const struct turn *turn)
{
	for (int i = 0; i < MAX_ACCEPTS; i++) {
		bool excess;
		int fd = listener_accept(&server->listener, &excess);

		if (fd < 0) {
			listener_recover(&server->listener);
			return;
		}
		if (excess || !make_room(server))
			turn_away(server, fd, turn);
		else
			admit(server, fd, turn);
	}
}

/* Accepts no more connections; the open ones may finish their requests. */
static void stop(struct server *server)
{
	struct connection *next;
	struct turn turn;

	if (server->stopping)
		return;
	server->stopping = clock_ticks() + STOP_TIME;
	poller_remove(&server->poller, server->listener.fd);
	listener_close(&server->listener);
	turn = turn_begin(server);
	for (struct connection *c = server->connections; c; c = next) {
		next = c->next;
		follow(server, c, connection_answer(c, &turn));
	}
	service_rest(&server->service);
}

static void sweep(struct server *server, const struct turn *turn)
{
	struct connection *next;

	if (turn->now - server->swept < SWEEP)
		return;
	server->swept = turn->now;
	for (struct connection *c = server->connections; c; c = next) {
		next = c->next;
		if (c->deadline <= turn->now)
			follow(server, c, connection_expire(c, turn));
	}
	/* Not again and again while nothing happens. */
	if (server->used) {
		jobs_free_spares(&server->jobs);
		limits_return_memory();
	}
	server->used = false;
}

/* Answers with what the threads have made. */
static void follow_jobs(struct server *server, const struct turn *turn)
{
	struct job *job;

	poller_awake(&server->poller);
	while ((job = jobs_next(&server->jobs))) {
		struct connection *connection = job->connection;

		/*
		 * The job may have written rows that are newer than this turn's
		 * snapshot.
		 */
		service_rest(&server->service);
		if (!connection->gone)
			follow(server, connection,
			       connection_answer(connection, turn));
		else if (job_pull(job, NULL))
			connection_end(connection);
	}
	service_rest(&server->service);
}

static void receive_all(struct server *server)
{
	for (size_t i = 0; i < server->nevents; i++) {
		const struct poller_event *event = &server->events[i];
		struct connection *connection = event->data;

		if (!connection)
			continue;
		/*
		 * While a job runs nothing is read, so only this flag shows
		 * that the client is gone.
		 */
		if ((event->broken && connection->job) ||
		    !connection_receive(connection))
			drop(server, connection);
	}
}

/*
 * After all requests were received: they are read in one snapshot, which is not
 * older than any of them.
 */
static void answer_all(struct server *server, const struct turn *turn)
{
	for (size_t i = 0; i < server->nevents; i++) {
		struct connection *connection = server->events[i].data;

		if (connection)
			follow(server, connection,
			       connection_answer(connection, turn));
	}
	service_rest(&server->service);
}

/* Removes one of the server's own events from those of the connections. */
static bool take_event(struct server *server, const void *data)
{
	for (size_t i = 0; i < server->nevents; i++) {
		if (server->events[i].data != data)
			continue;
		server->events[i].data = NULL;
		return true;
	}
	return false;
}

static void wait_events(struct server *server)
{
	int most = server->connections || server->used ? 1000 : -1;

	if (server->reload.service)
		most = RELOAD_PAUSE;
	server->nevents = poller_wait(&server->poller, server->events,
				      MAX_EVENTS, most);
	server->used |= server->nevents > 0;
}

static bool is_over(const struct server *server, const struct turn *turn)
{
	return server->stopping &&
	       (!server->connections || turn->now >= server->stopping);
}

static void loop(struct server *server)
{
	struct turn turn = turn_begin(server);

	while (!is_over(server, &turn)) {
		bool accepts, stops;

		wait_events(server);
		turn = turn_begin(server);
		accepts = take_event(server, &server->listener);
		stops = take_event(server, &server->poller);
		if (take_event(server, &server->jobs))
			follow_jobs(server, &turn);
		receive_all(server);
		answer_all(server, &turn);
		sweep(server, &turn);
		server->nevents = 0;
		if (accepts)
			accept_all(server, &turn);
		if (!server->stopping)
			server->again = reload_look(&server->reload, turn.now);
		if (stops)
			server->again = false;
		if (stops || server->again)
			stop(server);
		access_log_flush(&server->log, turn.now,
				 server->service.operator);
	}
}

/* Ends the threads, and frees the connections that only their jobs used. */
static void end_jobs(struct server *server)
{
	struct job *job;

	jobs_stop(&server->jobs);
	while ((job = jobs_next(&server->jobs)))
		if (job_pull(job, NULL))
			connection_end(job->connection);
	jobs_close(&server->jobs);
}

static void warn_of_public(const struct server *server,
			   const struct context *context)
{
	if (!server->listener.is_public)
		return;
	if (!server->service.settings->token_file)
		context_note(context,
			     "warning: every client that reaches %s can read "
			     "and change everything",
			     server->listener.url);
	context_note(context,
		     "warning: traffic is not encrypted; use a reverse "
		     "proxy with TLS");
}

static enum status announce(struct server *server,
			    const struct context *context, struct error *e)
{
	const struct engine *engine = server->service.context.engine;
	const char *warning;

	if (poller_add(&server->poller, server->listener.fd, POLLER_READ,
		       &server->listener))
		return fail(e, FAILED, "cannot wait for connections");
	context_note(context,
		     "taskmgr " TASKMGR_VERSION " (%s %s) serving %s at %s "
		     "(%sCtrl-C stops)",
		     engine_dialect(engine), engine_version(), context->url,
		     server->listener.url,
		     server->service.settings->no_docs ? ""
						       : "docs at /docs, ");
	warn_of_public(server, context);
	warning = engine_warning(&server->arena);
	if (warning)
		context_note(context, "warning: %s", warning);
	return OK;
}

static enum status run(struct server *server, const struct context *context,
		       struct error *e)
{
	if (poller_open(&server->poller, &server->poller, &server->jobs, e) !=
	    OK)
		return e->status;
	poller_be_prompt();
	jobs_open(&server->jobs, &server->service.context, &server->poller,
		  (size_t)server->service.settings->threads);
	server->service.jobs = &server->jobs;
	if (announce(server, context, e) == OK)
		loop(server);
	while (server->connections)
		drop(server, server->connections);
	end_jobs(server);
	poller_close(&server->poller);
	return e->status;
}

static enum status listen_and_run(struct server *server,
				  const struct context *context,
				  const struct http_settings *settings,
				  struct error *e)
{
	ARENA(arena);

	if (access_log_open(&server->log, settings->access_log, context, e) ==
		    OK &&
	    listener_open(&server->listener, settings, &arena, e) == OK)
		run(server, context, e);
	listener_close(&server->listener);
	access_log_close(&server->log, context);
	return e->status;
}

enum status http_serve(struct context *context,
		       const struct http_settings *settings, bool *again,
		       struct error *e)
{
	struct server server = {
		.allowance.limit = MEMORY_LIMIT,
		.listener = { .fd = -1, .spare = -1 },
		.most = limits_raise_files(MAX_CONNECTIONS),
	};

	limits_set_memory();
	if (http_settings_check(settings, e) != OK ||
	    service_open(&server.service, context, settings, e) != OK)
		return e->status;
	/* The first block stays, so that no request allocates one. */
	arena_init(&server.arena);
	arena_alloc(&server.arena, 1);
	reload_open(&server.reload, &server.service);
	listen_and_run(&server, context, settings, e);
	reload_close(&server.reload);
	*again = server.again;
	arena_clear(&server.arena);
	service_close(&server.service);
	return e->status;
}

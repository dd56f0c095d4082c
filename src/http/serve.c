#include "http/serve.h"

#include <sys/socket.h>
#include <unistd.h>

#include "http/connection.h"
#include "http/listener.h"
#include "http/poller.h"
#include "http/problem.h"
#include "util/clock.h"
#include "util/version.h"

enum {
	MAX_EVENTS = 64, /* of one turn */
	MAX_ACCEPTS = 64,
	MAX_CONNECTIONS = 4096,
	SWEEP = 1000000,          /* ticks between looks at the deadlines */
	STOP_TIME = 10 * 1000000, /* for what runs, once we are told */
};

struct server {
	struct service service;
	struct listener listener;
	struct poller poller;
	struct arena arena; /* of the request that is answered */
	struct connection *connections;
	size_t nconnections;
	int64_t swept, stopping; /* when; stopping 0: not yet */
	int64_t dated;           /* the second that date tells */
	char date[HTTP_DATE_SIZE];
};

static struct turn turn_begin(struct server *server)
{
	int64_t now = clock_now();

	if (now / 1000000 != server->dated) {
		server->dated = now / 1000000;
		http_date(now, server->date);
	}
	return (struct turn){
		.service = &server->service,
		.arena = &server->arena,
		.now = clock_ticks(),
		.date = server->date,
		.stopping = server->stopping,
	};
}

static void drop(struct server *server, struct connection *connection)
{
	if (connection->previous)
		connection->previous->next = connection->next;
	else
		server->connections = connection->next;
	if (connection->next)
		connection->next->previous = connection->previous;
	server->nconnections--;
	connection_free(connection);
}

/* After a turn: alive or not, and what it waits for now. */
static void follow(struct server *server, struct connection *connection,
		   bool alive)
{
	unsigned interest = connection_interest(connection);

	if (alive && interest != connection->interest) {
		connection->interest = interest;
		alive = !poller_change(&server->poller, connection->fd,
				       interest, connection);
	}
	if (!alive)
		drop(server, connection);
}

static void admit(struct server *server, int fd, const struct turn *turn)
{
	struct connection *connection = connection_new(fd, turn->now);

	if (!connection)
		return;
	connection->next = server->connections;
	if (connection->next)
		connection->next->previous = connection;
	server->connections = connection;
	server->nconnections++;
	connection->interest = POLLER_READ;
	if (poller_add(&server->poller, fd, POLLER_READ, connection))
		drop(server, connection);
}

/* One too many: it is told so, as far as one write goes. */
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
		if (excess || server->nconnections >= MAX_CONNECTIONS)
			turn_away(server, fd, turn);
		else
			admit(server, fd, turn);
	}
}

/* No new connections; those that are here may finish what they began. */
static void stop(struct server *server)
{
	struct connection *next;
	struct turn turn;

	if (server->stopping)
		return;
	server->stopping = clock_ticks() + STOP_TIME;
	listener_close(&server->listener);
	turn = turn_begin(server);
	for (struct connection *c = server->connections; c; c = next) {
		next = c->next;
		follow(server, c, connection_turn(c, &turn));
	}
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
}

static void dispatch(struct server *server, void *data, const struct turn *turn)
{
	if (data == &server->listener)
		accept_all(server, turn);
	else if (data != &server->poller)
		follow(server, data, connection_turn(data, turn));
}

static bool is_over(const struct server *server, const struct turn *turn)
{
	return server->stopping &&
	       (!server->connections || turn->now >= server->stopping);
}

static void loop(struct server *server)
{
	struct poller_event events[MAX_EVENTS];
	struct turn turn = turn_begin(server);

	while (!is_over(server, &turn)) {
		size_t count = poller_wait(&server->poller, events, MAX_EVENTS,
					   server->connections ? 1000 : -1);
		bool told = false;

		turn = turn_begin(server);
		for (size_t i = 0; i < count; i++) {
			told |= events[i].data == &server->poller;
			dispatch(server, events[i].data, &turn);
		}
		sweep(server, &turn);
		/* Last, for it frees connections that had an event here. */
		if (told)
			stop(server);
	}
}

static enum status announce(struct server *server,
			    const struct context *context, struct error *e)
{
	if (poller_add(&server->poller, server->listener.fd, POLLER_READ,
		       &server->listener))
		return fail(e, FAILED, "cannot wait for connections");
	context_note(context,
		     "taskmgr " TASKMGR_VERSION " serving %s at %s (docs at "
		     "/docs, Ctrl-C stops)",
		     context->url, server->listener.url);
	return OK;
}

static enum status run(struct server *server, const struct context *context,
		       struct error *e)
{
	if (poller_open(&server->poller, &server->poller, e) != OK)
		return e->status;
	if (announce(server, context, e) == OK)
		loop(server);
	while (server->connections)
		drop(server, server->connections);
	poller_close(&server->poller);
	return e->status;
}

static enum status listen_and_run(struct server *server,
				  const struct context *context,
				  const struct http_settings *settings,
				  struct error *e)
{
	ARENA(arena);

	if (listener_open(&server->listener, settings, &arena, e) != OK)
		return e->status;
	run(server, context, e);
	listener_close(&server->listener);
	return e->status;
}

enum status http_serve(struct context *context,
		       const struct http_settings *settings, struct error *e)
{
	struct server server = { .nconnections = 0 };

	if (service_open(&server.service, context, settings, e) != OK)
		return e->status;
	/* A first block to come back to, so that no request makes one. */
	arena_init(&server.arena);
	arena_alloc(&server.arena, 1);
	listen_and_run(&server, context, settings, e);
	arena_clear(&server.arena);
	service_close(&server.service);
	return e->status;
}

/*
 * One connection: its buffers, the request that is coming in, the answers
 * that go out in the requests' order, and its deadlines.
 */
#ifndef HTTP_SERVER_CONNECTION_H
#define HTTP_SERVER_CONNECTION_H

#include "http/service/service.h"
#include "http/wire/parse.h"

/* What a connection waits for; each has its time. */
enum connection_phase {
	CONNECTION_IDLE,      /* for a request */
	CONNECTION_HEAD,      /* for the rest of a head */
	CONNECTION_BODY,      /* for the rest of a body */
	CONNECTION_WAITING,   /* for its job */
	CONNECTION_WRITING,   /* for the client to read */
	CONNECTION_LINGERING, /* for the client to see the last answer */
};

/*
 * The memory for bodies and answers that all connections share; what is small
 * is not counted.
 */
struct allowance {
	size_t used, limit; /* bytes */
};

struct connection {
	int fd;
	enum connection_phase phase;
	int64_t deadline; /* of the phase, in ticks (util/clock.h) */
	struct request request;
	struct buffer in, out;
	size_t taken, sent; /* of in, parsed; of out, written */
	bool ending;        /* no further request is answered */
	bool finished;      /* the client will send nothing more */
	struct job *job;    /* of this request; or NULL */
	bool begun;         /* the head of the job's answer is in out */
	bool gone;          /* closed, and only its job keeps it */
	bool judged;        /* this request's head was */
	bool more;          /* requests are left for the next turn */
	int budget;         /* requests that this turn may still answer */
	struct allowance *allowance;
	size_t claimed, held; /* of it: for this request's body, for out */
	unsigned interest;    /* what the poller watches for */
	struct connection *next, *previous; /* the server's list */
};

/* What a turn needs beside the connection. */
struct turn {
	struct service *service;
	struct arena *arena; /* of one request, rewound behind it */
	int64_t now;         /* in ticks */
	const char *date;
	bool stopping; /* the server is: each answer is the last */
};

/*
 * A connection over fd, which connection_close closes.  Where a job still
 * needs it, it is gone, but stays until the job comes back: connection_end.
 */
struct connection *connection_new(int fd, struct allowance *allowance,
				  int64_t now);
void connection_close(struct connection *connection);
void connection_end(struct connection *connection);

static inline size_t connection_unsent(const struct connection *connection)
{
	return connection->out.length - connection->sent;
}

/* Begins a phase, and its time. */
void connection_set_phase(struct connection *connection,
			  enum connection_phase phase, int64_t now);

/*
 * Reads what came.  False, as for the functions below: the connection is over
 * and to be closed.
 */
CHECKED bool connection_receive(struct connection *connection);

/* Answers and writes as far as it goes without waiting. */
CHECKED bool connection_answer(struct connection *connection,
			       const struct turn *turn);

/* What the phase's time being over means. */
CHECKED bool connection_expire(struct connection *connection,
			       const struct turn *turn);

/* The events (http/jobs/poller.h) that the next turn needs. */
unsigned connection_interest(const struct connection *connection);

#endif

/*
 * One connection: its buffers, the request being received, the answers, which
 * are sent in the order of the requests, and its deadlines.
 */
#ifndef HTTP_SERVER_CONNECTION_H
#define HTTP_SERVER_CONNECTION_H

#include "http/server/access_log.h"
#include "http/server/listener.h"
#include "http/service/service.h"
#include "http/wire/parse.h"

/* What a connection waits for; each phase has its time limit. */
enum connection_phase {
	CONNECTION_IDLE,      /* for a request */
	CONNECTION_HEAD,      /* for the rest of a head */
	CONNECTION_BODY,      /* for the rest of a body */
	CONNECTION_WAITING,   /* for its job */
	CONNECTION_WRITING,   /* for the client to read */
	CONNECTION_LINGERING, /* for the client to see the last answer */
};

/*
 * The memory that the bodies and answers of all connections share; small ones
 * are not counted.
 */
struct allowance {
	size_t used, limit; /* bytes */
};

struct connection {
	int fd;
	enum connection_phase phase;
	int64_t deadline;     /* of the phase, in ticks (util/clock.h) */
	char peer[PEER_SIZE]; /* the client's address, for the log */
	struct request request;
	struct access_entry entry; /* what the log gets of it */
	struct buffer in, out;
	size_t taken,
		sent;    /* bytes of in that are parsed; of out that are sent */
	bool ending;     /* no further requests are answered */
	bool finished;   /* the client will send nothing more */
	struct job *job; /* of the current request; or NULL */
	bool begun;      /* the head of the job's answer is in out */
	bool gone;       /* closed, but its job still uses it */
	bool judged;     /* the current request's head was checked */
	bool early;      /* bytes arrived during a job, and are not read yet */
	bool more;       /* some requests are left for the next turn */
	int budget;      /* requests that may still be answered in this turn */
	struct allowance *allowance;
	size_t claimed, held; /* of the allowance: for the body, for out */
	unsigned interest;    /* what the poller watches for */
	struct connection *next, *previous; /* the server's list */
};

/* What a turn of the loop needs besides the connection. */
struct turn {
	struct service *service;
	struct arena *arena; /* of one request, rewound after it */
	int64_t now;         /* in ticks */
	const char *date;
	struct access_log *log;
	bool stopping; /* the server is: each answer closes its connection */
};

/*
 * A connection over fd, which connection_close closes.  If a job still uses it,
 * close only marks it as gone; connection_end frees it when the job comes back.
 */
struct connection *connection_new(int fd, struct allowance *allowance,
				  int64_t now);
void connection_close(struct connection *connection);
void connection_end(struct connection *connection);

static inline size_t connection_unsent(const struct connection *connection)
{
	return connection->out.length - connection->sent;
}

/* Begins a phase, and its time limit. */
void connection_set_phase(struct connection *connection,
			  enum connection_phase phase, int64_t now);

/*
 * Reads the bytes that arrived.  False, here and below: the connection must be
 * closed.
 */
CHECKED bool connection_receive(struct connection *connection);

/* Answers and writes as much as possible without waiting. */
CHECKED bool connection_answer(struct connection *connection,
			       const struct turn *turn);

/* Handles the end of the phase's time limit. */
CHECKED bool connection_expire(struct connection *connection,
			       const struct turn *turn);

/* The events (http/jobs/poller.h) to wait for. */
unsigned connection_interest(const struct connection *connection);

#endif

/*
 * The requests and answers of one connection, from the bytes that came in to
 * the bytes that go out.  It knows no socket and no deadline.
 */
#ifndef HTTP_SERVER_EXCHANGE_H
#define HTTP_SERVER_EXCHANGE_H

#include "http/server/connection.h"

enum { OUT_MARK = 256 * 1024 }; /* answers that wait: no more are made */

enum progress { PROGRESS_NONE, PROGRESS_MADE, PROGRESS_BROKEN };

/* Ready for a request, whose first byte is at connection->taken. */
void exchange_begin(struct connection *connection);

/*
 * Answers the next request, or hands it to a thread: connection->job.  False
 * if there is no whole one, or no room for its answer.
 */
bool exchange_next(struct connection *connection, const struct turn *turn);

/* Follows the connection's job as far as the threads have come. */
enum progress exchange_follow_job(struct connection *connection,
				  const struct turn *turn);

/*
 * Refuses what came in, or did not, and ends the connection with it.  A
 * request of which more is to come is not read to its end.
 */
void exchange_refuse(struct connection *connection, const struct turn *turn,
		     int status, const char *reason);

#endif

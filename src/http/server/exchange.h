/*
 * The requests and answers of one connection, from the bytes received to the
 * bytes to be sent.  It uses no socket and sets no deadline but that of an idle
 * connection.
 */
#ifndef HTTP_SERVER_EXCHANGE_H
#define HTTP_SERVER_EXCHANGE_H

#include "http/server/connection.h"

enum {
	OUT_MARK = 256 * 1024
}; /* unsent bytes; with more no request is answered */

enum progress { PROGRESS_NONE, PROGRESS_MADE, PROGRESS_BROKEN };

/* Prepares for a request, whose first byte is at connection->taken. */
void exchange_begin(struct connection *connection);

/*
 * Answers the next request, or hands it to a thread: connection->job.  False if
 * none is complete, or its answer must wait.
 */
bool exchange_next(struct connection *connection, const struct turn *turn);

/* Writes the part of the job's answer that the threads have made. */
enum progress exchange_follow_job(struct connection *connection,
				  const struct turn *turn);

/* Logs the request whose answer the client did not wait for. */
void exchange_abandon(const struct connection *connection,
		      struct access_log *log);

/*
 * Answers with an error; the connection ends, the request is read no further.
 */
void exchange_refuse(struct connection *connection, const struct turn *turn,
		     int status, const char *reason);

#endif

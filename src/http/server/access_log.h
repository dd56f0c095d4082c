/*
 * A line for each request, in the combined format of other servers, with the
 * request's id and its duration; never a body or a token.
 */
#ifndef HTTP_SERVER_ACCESS_LOG_H
#define HTTP_SERVER_ACCESS_LOG_H

#include <sys/types.h>

#include "http/wire/request.h"
#include "http/wire/response.h"
#include "operation/operation.h"
#include "util/arena.h"

enum { REQUEST_ID_SIZE = 65 };

struct access_log {
	const char *path; /* NULL: nothing is logged; "-": standard output */
	int fd;
	dev_t device;
	ino_t inode;         /* of the file that fd is */
	struct buffer lines; /* still to be written */
	size_t lost;         /* lines that could not be */
	int64_t looked;      /* when, in ticks: is the file still at path? */
	uint32_t start;      /* distinguishes this run's ids */
	uint64_t count;      /* of ids */
};

/* What is known of one request. */
struct access_entry {
	char id[REQUEST_ID_SIZE]; /* "": none yet */
	int64_t since;            /* when it was complete, in ticks */
	int status;               /* 0: no answer was begun */
	uint64_t bytes;           /* of the answer's body */
};

/*
 * Appends to path, unless that is NULL.  USAGE for a file of the operator's
 * database, FAILED if it cannot be written.
 */
CHECKED enum status access_log_open(struct access_log *log, const char *path,
				    const struct context *operator,
				    struct error * e);

/* Writes what is left, without waiting, and closes the file. */
void access_log_close(struct access_log *log, const struct context *operator);

/*
 * Sets the request's id, to the client's X-Request-ID if it is valid, and adds
 * it to the response.  Without a log only a client's id is used.
 */
void access_log_name(struct access_log *log, const struct request *request,
		     struct access_entry *entry, struct response *response);

/* Adds the line of an answered request from peer. */
void access_log_add(struct access_log *log, const char *peer,
		    const struct request *request,
		    const struct access_entry *entry);

/*
 * Writes what it can without waiting.  Once a second a file that was moved away
 * is opened again.  Lost lines are reported to operator.
 */
void access_log_flush(struct access_log *log, int64_t now,
		      const struct context *operator);

#endif

/*
 * Waiting for many files and for signals at once: epoll.  All that another
 * system would have to do otherwise is in this pair of files.
 */
#ifndef HTTP_JOBS_POLLER_H
#define HTTP_JOBS_POLLER_H

#include <signal.h>
#include <stdbool.h>

#include "util/error.h"

enum poller_interest { POLLER_READ = 1, POLLER_WRITE = 2 };

struct poller {
	int fd;
	int signals;
	int wake;
	sigset_t mask;         /* as it was before */
	struct sigaction pipe; /* the same, of SIGPIPE */
};

/* What became ready: the data that it was added with. */
struct poller_event {
	void *data;
	bool broken; /* the other side is gone, both ways */
};

/*
 * A poller that gives SIGINT and SIGTERM as an event with signal_data and
 * poller_wake as one with wake_data, and has SIGPIPE ignored, until it is
 * closed.
 */
CHECKED enum status poller_open(struct poller *poller, void *signal_data,
				void *wake_data, struct error *e);
void poller_close(struct poller *poller);

/* From any thread: poller_wait returns.  One event may stand for several. */
void poller_wake(struct poller *poller);
void poller_awake(struct poller *poller);

/*
 * Watches fd, level-triggered, or changes what it is watched for.  -1 with
 * errno.  A closed file is forgotten by itself.
 */
CHECKED int poller_add(struct poller *poller, int fd, unsigned interest,
		       void *data);
CHECKED int poller_change(struct poller *poller, int fd, unsigned interest,
			  void *data);

/* At most count events after at most that many milliseconds (-1: any). */
size_t poller_wait(struct poller *poller, struct poller_event *events,
		   size_t count, int milliseconds);

#endif

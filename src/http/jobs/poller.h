/*
 * Waits for many files and for signals at once, by epoll.  This is the only
 * part of the listener that depends on Linux.
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
	sigset_t mask;         /* before the poller was opened */
	struct sigaction pipe; /* SIGPIPE's action before that */
};

/* A file that became ready: the data that it was added with. */
struct poller_event {
	void *data;
	bool broken; /* the connection is closed in both directions */
};

/*
 * Opens a poller that reports SIGINT and SIGTERM as an event with signal_data,
 * and poller_wake as one with wake_data.  SIGPIPE is ignored until it is
 * closed.
 */
CHECKED enum status poller_open(struct poller *poller, void *signal_data,
				void *wake_data, struct error *e);
void poller_close(struct poller *poller);

/*
 * From any thread: makes poller_wait return; several calls may give one event.
 * poller_awake clears it.
 */
void poller_wake(struct poller *poller);
void poller_awake(struct poller *poller);

/*
 * Asks for short turns on the processor for the calling thread, and for threads
 * that it starts: once woken it runs at once, instead of after the others' turns
 * of some milliseconds.
 */
void poller_be_prompt(void);

/*
 * Takes that back, and lowers the priority of the calling thread: where all
 * processors are busy it gives way to the loop.
 */
void poller_give_way(void);

/*
 * Starts to watch fd, level-triggered, or changes its interest.  -1 with errno
 * on failure.  A closed file is removed automatically.
 */
CHECKED int poller_add(struct poller *poller, int fd, unsigned interest,
		       void *data);
CHECKED int poller_change(struct poller *poller, int fd, unsigned interest,
			  void *data);

/* For a file that another process has open as well. */
void poller_remove(struct poller *poller, int fd);

/*
 * Waits at most that many milliseconds (-1: forever) for at most count events.
 */
size_t poller_wait(struct poller *poller, struct poller_event *events,
		   size_t count, int milliseconds);

#endif

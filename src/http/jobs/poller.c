#include "http/jobs/poller.h"

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	MAX_EVENTS = 64,
	SLOW_NICE = 5,
	SHORT_SLICE = 100000, /* nanoseconds, the least that Linux accepts */
};

/* What sched_setattr(2) takes; C libraries lack it. */
struct scheduling {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
};

static int control(struct poller *poller, int how, int fd, unsigned interest,
		   void *data)
{
	struct epoll_event event = {
		.events = (interest & POLLER_READ ? EPOLLIN : 0u) |
			  (interest & POLLER_WRITE ? EPOLLOUT : 0u),
		.data.ptr = data,
	};

	return epoll_ctl(poller->fd, how, fd, &event);
}

static int open_wake(struct poller *poller, void *data)
{
	poller->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (poller->wake < 0)
		return -1;
	return poller_add(poller, poller->wake, POLLER_READ, data);
}

void poller_wake(struct poller *poller)
{
	/* It fails if the counter is full, and then wakes as well. */
	if (eventfd_write(poller->wake, 1))
		return;
}

void poller_awake(struct poller *poller)
{
	eventfd_t count;

	if (eventfd_read(poller->wake, &count))
		return; /* no wake-up was pending */
}

/*
 * How long the calling thread wants to run at a time; 0: the default.  Before
 * Linux 6.12 that has no effect.
 */
static void set_slice(uint64_t nanoseconds)
{
	struct scheduling is = { .size = sizeof(is) };

	if (syscall(SYS_sched_getattr, 0, &is, sizeof(is), 0) ||
	    is.policy != SCHED_OTHER)
		return;
	is.runtime = nanoseconds;
	if (syscall(SYS_sched_setattr, 0, &is, 0))
		return; /* it is scheduled as before */
}

void poller_be_prompt(void)
{
	set_slice(SHORT_SLICE);
}

void poller_give_way(void)
{
	set_slice(0);
	/* On Linux each thread has its own nice value (nice(2), "C
	   library/kernel differences"). */
	if (nice(SLOW_NICE) < 0)
		return; /* it competes as before */
}

static int open_signals(struct poller *poller, void *data)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t wanted;

	sigaction(SIGPIPE, &ignore, &poller->pipe);
	sigemptyset(&wanted);
	sigaddset(&wanted, SIGINT);
	sigaddset(&wanted, SIGTERM);
	sigprocmask(SIG_BLOCK, &wanted, &poller->mask);
	poller->signals = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
	if (poller->signals < 0)
		return -1;
	return poller_add(poller, poller->signals, POLLER_READ, data);
}

enum status poller_open(struct poller *poller, void *signal_data,
			void *wake_data, struct error *e)
{
	poller->signals = poller->wake = -1;
	poller->fd = epoll_create1(EPOLL_CLOEXEC);
	if (poller->fd < 0)
		return fail(e, FAILED, "cannot wait for connections: %s",
			    strerror(errno));
	if (!open_signals(poller, signal_data) && !open_wake(poller, wake_data))
		return OK;
	fail(e, FAILED, "cannot wait for signals: %s", strerror(errno));
	poller_close(poller);
	return e->status;
}

void poller_close(struct poller *poller)
{
	struct signalfd_siginfo taken;

	/*
	 * Discards a pending signal that was handled already, before it is
	 * unmasked.
	 */
	while (poller->signals >= 0 &&
	       read(poller->signals, &taken, sizeof(taken)) > 0)
		continue;
	if (poller->signals >= 0)
		close(poller->signals);
	if (poller->wake >= 0)
		close(poller->wake);
	close(poller->fd);
	sigprocmask(SIG_SETMASK, &poller->mask, NULL);
	sigaction(SIGPIPE, &poller->pipe, NULL);
}

int poller_add(struct poller *poller, int fd, unsigned interest, void *data)
{
	return control(poller, EPOLL_CTL_ADD, fd, interest, data);
}

int poller_change(struct poller *poller, int fd, unsigned interest, void *data)
{
	return control(poller, EPOLL_CTL_MOD, fd, interest, data);
}

void poller_remove(struct poller *poller, int fd)
{
	epoll_ctl(poller->fd, EPOLL_CTL_DEL, fd, NULL);
}

size_t poller_wait(struct poller *poller, struct poller_event *events,
		   size_t count, int milliseconds)
{
	struct epoll_event ready[MAX_EVENTS];
	int n;

	if (count > MAX_EVENTS)
		count = MAX_EVENTS;
	n = epoll_wait(poller->fd, ready, (int)count, milliseconds);
	for (int i = 0; i < n; i++)
		events[i] = (struct poller_event){
			.data = ready[i].data.ptr,
			.broken = ready[i].events & (EPOLLHUP | EPOLLERR),
		};
	return n > 0 ? (size_t)n : 0;
}

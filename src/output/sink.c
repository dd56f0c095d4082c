#include "output/sink.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { SINK_ENOUGH = 64 * 1024 };

void sink_init_fd(struct sink *sink, int fd)
{
	*sink = (struct sink){ .fd = fd };
}

void sink_init_memory(struct sink *sink)
{
	sink_init_fd(sink, -1);
}

void sink_clear(struct sink *sink)
{
	buffer_clear(&sink->buffer);
}

/* Whether to retry a write that failed with that errno. */
static bool is_passing(int fd, int error)
{
	struct pollfd poller = { .fd = fd, .events = POLLOUT };

	/* Another process sharing the terminal or pipe may have set O_NONBLOCK. */
	if (error == EAGAIN || error == EWOULDBLOCK)
		return poll(&poller, 1, -1) >= 0;
	return false;
}

static bool is_stopped(const struct sink *sink)
{
	return sink->stop && atomic_load(sink->stop);
}

static enum status sink_write(const struct sink *sink, const char *data,
			      size_t length, struct error *e)
{
	while (length) {
		ssize_t n = is_stopped(sink) ? 0
					     : write(sink->fd, data, length);

		/* A signal may cut a write short, or come before it. */
		if (is_stopped(sink) || (n < 0 && errno == EINTR))
			return fail(e, INTERRUPTED, "interrupted");
		if (n >= 0) {
			data += n;
			length -= (size_t)n;
			continue;
		}
		if (is_passing(sink->fd, errno))
			continue;
		return fail(e, errno == EPIPE ? CLOSED : FAILED,
			    "write error: %s", strerror(errno));
	}
	return OK;
}

enum status sink_flush(struct sink *sink, struct error *e)
{
	size_t length = sink->buffer.length;

	if (sink->fd < 0)
		return OK;
	/* Bytes that could not be written are dropped, not retried. */
	sink->buffer.length = 0;
	return sink_write(sink, sink->buffer.data, length, e);
}

enum status sink_flush_if_full(struct sink *sink, struct error *e)
{
	size_t length = sink->buffer.length;

	if (length < (sink->take ? sink->enough : SINK_ENOUGH))
		return OK;
	if (sink->take) {
		sink->buffer.length = 0;
		return sink->take(sink->data, sink->buffer.data, length, e);
	}
	return sink_flush(sink, e);
}

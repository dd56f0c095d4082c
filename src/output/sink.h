/*
 * The destination of a writer's bytes: a file descriptor or memory.  Bytes are
 * buffered and written in large pieces.
 */
#ifndef OUTPUT_SINK_H
#define OUTPUT_SINK_H

#include <stdatomic.h>
#include <stdbool.h>

#include "util/buffer.h"
#include "util/error.h"

struct sink {
	struct buffer buffer;    /* not yet written; or a memory sink's all */
	int fd;                  /* -1: memory */
	const atomic_bool *stop; /* stop writing when true; set by a signal */
	/* For a memory sink, or NULL: called with the buffer's bytes once there
	   are `enough`; what remains at the end stays in the buffer. */
	enum status (*take)(void *data, const char *bytes, size_t length,
			    struct error *e);
	void *data;
	size_t enough;
};

/* Initializes a sink in the caller's storage; fd stays the caller's. */
void sink_init_fd(struct sink *sink, int fd);
void sink_init_memory(struct sink *sink);
void sink_clear(struct sink *sink);

/*
 * Writes all buffered bytes.  CLOSED if the reader is gone (EPIPE), FAILED with
 * the reason for other errors; does nothing for a memory sink.
 */
CHECKED enum status sink_flush(struct sink *sink, struct error *e);

/* Flushes once the buffer is large; call after each row. */
CHECKED enum status sink_flush_if_full(struct sink *sink, struct error *e);

#endif

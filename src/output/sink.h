/*
 * Where a writer's bytes go: a file descriptor or memory.  A sink gathers
 * bytes in a buffer and hands them on in large pieces.
 */
#ifndef OUTPUT_SINK_H
#define OUTPUT_SINK_H

#include <stdatomic.h>
#include <stdbool.h>

#include "util/buffer.h"
#include "util/error.h"

struct sink {
	struct buffer buffer;    /* the memory sink's whole content */
	int fd;                  /* -1: memory */
	const atomic_bool *stop; /* set by a signal: write no more */
	/* Of a memory sink, or NULL: gets what is in buffer, whenever that is
	   enough bytes.  What remains at the end stays there. */
	enum status (*take)(void *data, const char *bytes, size_t length,
			    struct error *e);
	void *data;
	size_t enough;
};

/* A sink in the caller's storage; fd stays the caller's. */
void sink_init_fd(struct sink *sink, int fd);
void sink_init_memory(struct sink *sink);
void sink_clear(struct sink *sink);

/*
 * Hands everything on.  CLOSED if the reader is gone (EPIPE), FAILED with the
 * reason for anything else; nothing for a memory sink.
 */
CHECKED enum status sink_flush(struct sink *sink, struct error *e);

/* Flushes if enough has gathered; to be called after each row. */
CHECKED enum status sink_flush_if_full(struct sink *sink, struct error *e);

#endif

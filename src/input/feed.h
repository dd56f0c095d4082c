/*
 * Text to be read that may be larger than memory: a window over a file, which
 * is read in blocks, or over text in memory.
 */
#ifndef INPUT_FEED_H
#define INPUT_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buffer.h"
#include "util/error.h"

struct feed {
	int fd;           /* -1: all of the text is in the window */
	const char *name; /* for messages */
	const char *data; /* the window */
	size_t length;
	size_t at;       /* how much of the window was consumed */
	uint64_t passed; /* bytes before the window */
	uint64_t size;   /* of a regular file; 0: not known */
	bool ended;      /* the window ends the text */
	/* private */
	struct buffer block;
	size_t line, column; /* of the window, from 0 */
};

/* A feed from a descriptor, which stays the caller's, or from text. */
void feed_open(struct feed *feed, int fd, const char *name);
void feed_open_text(struct feed *feed, const char *text, size_t length);
void feed_clear(struct feed *feed);

/*
 * Adds a block to the window, and drops its consumed part: at becomes 0, and
 * addresses change.  Sets ended at the end.  INTERRUPTED by a signal.
 */
CHECKED enum status feed_more(struct feed *feed, struct error *e);

/* Consumes a byte order mark; INVALID if the input is UTF-16, a spreadsheet, a
   compressed file or a database, judging by how it begins. */
CHECKED enum status feed_skip_mark(struct feed *feed, struct error *e);

/* The part of the window that was not consumed. */
static inline const char *feed_rest(const struct feed *feed)
{
	return feed->data + feed->at;
}

static inline size_t feed_left(const struct feed *feed)
{
	return feed->length - feed->at;
}

/* The offset of the next byte from the start of the text. */
static inline uint64_t feed_position(const struct feed *feed)
{
	return feed->passed + feed->at;
}

/* Line and column, in characters from 0, of a byte of the window. */
void feed_locate(const struct feed *feed, size_t at, size_t *line,
		 size_t *column);

#endif

/*
 * Rows kept before they are written: a few in memory, the others in a temporary
 * file without a name.
 */
#ifndef OUTPUT_SPOOL_H
#define OUTPUT_SPOOL_H

#include "output/writer.h"
#include "util/buffer.h"

struct spool {
	struct buffer rows; /* the newest, not yet in the file */
	int fd;             /* the file, or -1 */
};

void spool_clear(struct spool *spool);

#define SPOOL(name) \
	__attribute__((cleanup(spool_clear))) struct spool name = { .fd = -1 }

/* Adds a row of count values.  FAILED or NO_SPACE if the file can't be
   written. */
CHECKED enum status spool_add(struct spool *spool, const struct value *values,
			      size_t count, struct error *e);

/* Passes all rows, of count values each, to the writer, in their order. */
CHECKED enum status spool_write(struct spool *spool, size_t count,
				struct writer *writer, struct error *e);

#endif

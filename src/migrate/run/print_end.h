/* Ends a printed section with the state that running it would leave. */
#ifndef MIGRATE_PRINT_END_H
#define MIGRATE_PRINT_END_H

#include "migrate/revision/revision.h"
#include "util/buffer.h"

/*
 * Appends the SQL that drops the section's temporary objects, detaches the
 * databases it attaches and resets the PRAGMAs it sets, so that none of them
 * affects the next revision.
 */
void print_end(struct buffer *sql, const struct section *section,
	       struct arena *arena);

#endif

/* How a printed section ends as it does where it is run. */
#ifndef MIGRATE_PRINT_END_H
#define MIGRATE_PRINT_END_H

#include "migrate/revision/revision.h"
#include "util/buffer.h"

/*
 * Adds the SQL that drops what the section leaves in temp, detaches what it
 * attaches, and puts back what its PRAGMAs set: nothing of that reaches the
 * next revision.
 */
void print_end(struct buffer *sql, const struct section *section,
	       struct arena *arena);

#endif

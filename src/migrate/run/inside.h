/* The parts of running a revision; private to migrate/run. */
#ifndef MIGRATE_RUN_INSIDE_H
#define MIGRATE_RUN_INSIDE_H

#include "migrate/revision/revision.h"
#include "migrate/run/run.h"
#include "util/buffer.h"

/*
 * Runs the step's up or down section, with foreign keys off if its header says
 * so.  With guard, statements that would end the transaction are refused.  With
 * --verbose, prints each statement with its time.
 */
CHECKED enum status run_section(struct run *run, const struct run_step *step,
				bool guard, struct error *e);

/*
 * The same inside a transaction, with the checks of watch/audit.h and
 * watch/undone.h.
 */
CHECKED enum status run_checked(struct run *run, const struct run_step *step,
				struct error *e);

/* Runs the verify section of an upgrade; FAILED if a statement returns a
   row. */
CHECKED enum status run_verify(const struct run *run,
			       const struct run_step *step, struct error *e);

/*
 * Appends the SQL that drops the section's temporary objects, detaches the
 * databases it attaches and resets the PRAGMAs it sets, so that none of them
 * affects the next revision.
 */
void print_end(struct buffer *sql, const struct section *section,
	       struct arena *arena);

#endif

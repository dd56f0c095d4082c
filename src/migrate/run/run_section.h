/* Runs the sections of one revision; private to migrate/run. */
#ifndef MIGRATE_RUN_SECTION_H
#define MIGRATE_RUN_SECTION_H

#include "migrate/run/run.h"

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

#endif

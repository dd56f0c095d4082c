/* Running the sections of one revision; a part of migrate/run/run.h. */
#ifndef MIGRATE_RUN_SECTION_H
#define MIGRATE_RUN_SECTION_H

#include "migrate/run/run.h"

/*
 * Runs the step's up or down section, with foreign keys off where its header
 * says so.  With guard, statements that would end the transaction are refused.
 * Verbose: each statement is told, with its time.
 */
CHECKED enum status run_section(struct run *run, const struct run_step *step,
				bool guard, struct error *e);

/*
 * The same inside of a transaction.  What foreign keys that are off let pass
 * is looked for: see audit.h.
 */
CHECKED enum status run_checked(struct run *run, const struct run_step *step,
				struct error *e);

/* FAILED if a statement of the verify section gives a row. */
CHECKED enum status run_verify(const struct run *run,
			       const struct run_step *step, struct error *e);

#endif

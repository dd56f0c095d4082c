/*
 * Running revisions.  Each is applied whole or not at all: its statements,
 * its version row and its record are one transaction, whose write lock is
 * also what keeps two processes apart.
 */
#ifndef MIGRATE_RUN_H
#define MIGRATE_RUN_H

#include "migrate/watch/deletions.h"
#include "migrate/record/site.h"
#include "migrate/graph/target.h"

struct row_counts;
struct tally;
struct buffer;
struct replay;

struct run_step {
	size_t node;
	const struct revision *revision;
	const char *text;
	struct sections sections;
	int64_t duration; /* microseconds, once it has run */
};

struct run {
	struct site *site;
	struct target target;
	bool up;
	bool single;               /* all in one transaction */
	struct row_counts *counts; /* gets the rows behind the last
					   step; NULL: not counted */
	bool believes;             /* looks for no loss: there are no rows */
	struct run_step *steps;
	size_t nsteps;
	struct run_step *done; /* those that were run, also of a plan that
				  another process outdated */
	size_t ndone;
	/* private */
	struct buffer *rewritten; /* gets what a downgrade's copies change */
	struct tally *seen;       /* gets what is there behind the last step */
	struct deletions deletions; /* of the section that runs */
	bool quiet;                 /* tells nothing of what it does */
	size_t next;                /* the first step that is not done */
	size_t at;                  /* the one that runs, or failed */
	bool moved;                 /* another process was there first */
	bool started;               /* the step: it had the lock */
	bool worked;                /* all but the commit went well */
	struct replay *known;       /* of what the steps know; or NULL */
	bool from_nothing;          /* the database had no table */
	bool outside;               /* the step's statements have run already */
	struct nodes reached;
	int64_t began;
};

/*
 * Finds the steps and reads their files, so that what can be known to be
 * wrong is known before anything runs.
 */
CHECKED enum status run_plan(struct run *run, struct error *e);

/*
 * Runs the steps on the site's database.  Where another process has changed
 * the version in between, what is left of the way to the target is planned
 * again.
 */
CHECKED enum status run_steps(struct run *run, struct error *e);

/* Runs the steps in one transaction and rolls everything back, without a
   word. */
CHECKED enum status run_rehearse(struct run *run, struct error *e);

/* The SQL that a step runs. */
static inline const struct section *run_part(const struct run *run,
					     const struct run_step *step)
{
	return run->up ? &step->sections.up : &step->sections.down;
}

/* "Running upgrade a -> b, message" */
const char *run_title(const struct run *run, const struct run_step *step);

/*
 * Waits for locks so many seconds, below 0 without limit, and says when it
 * waits; run_end_wait goes back to what is usual.
 */
void run_set_wait(struct context *context, int64_t seconds);
void run_end_wait(struct context *context);

#endif

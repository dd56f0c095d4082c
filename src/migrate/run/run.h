/*
 * Runs revisions.  Each is applied whole or not at all: its statements, its
 * version row and its record are one transaction, whose write lock also keeps
 * other processes from migrating.
 */
#ifndef MIGRATE_RUN_H
#define MIGRATE_RUN_H

#include "migrate/graph/target.h"
#include "migrate/record/site.h"
#include "migrate/watch/deletions.h"

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
	struct row_counts *counts; /* set to the rows after the last step;
					   NULL: don't count */
	bool skip_checks;          /* the database has no rows to lose */
	struct run_step *steps;
	size_t nsteps;
	struct run_step *done; /* the steps that were run, under any plan */
	size_t ndone;
	/* private */
	struct buffer *rewritten;   /* values that a downgrade's copies change;
				     or NULL */
	struct tally *after;        /* set to the counts after the last step;
				     or NULL */
	struct deletions deletions; /* of the running section */
	bool quiet;                 /* print no notes */
	size_t next;                /* the first step that is not done */
	size_t at;                  /* the step that runs, or failed */
	bool moved;                 /* another process changed the version */
	bool started;               /* the step has had the lock */
	bool worked;                /* only the commit can have failed */
	struct replay *known;       /* replays a step's ancestors; or NULL */
	bool from_nothing;          /* the database had no table */
	bool outside;               /* the step ran outside a transaction */
	struct nodes reached;       /* the revisions after the last step */
	int64_t began;              /* clock_ticks at the step's start */
};

/*
 * Finds the steps and reads their files, so that faults in them are reported
 * before anything runs.
 */
CHECKED enum status run_plan(struct run *run, struct error *e);

/* SCHEMA if an applied revision, of a downgrade one of its steps, was edited
   since. */
CHECKED enum status run_check_edited(const struct run *run, struct error *e);

/*
 * Runs the steps on the site's database.  If another process changes the
 * version meanwhile, the rest of the way to the target is planned again.
 */
CHECKED enum status run_steps(struct run *run, struct error *e);

/* Runs the steps in one transaction without printing, and rolls everything
   back.  BUSY if another process changed the version. */
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
 * Waits up to that many seconds for locks, without limit if negative, and
 * prints a note when it waits; run_end_wait restores the default.
 */
void run_set_wait(struct context *context, int64_t seconds);
void run_end_wait(struct context *context);

#endif

/*
 * taskmgr's own bookkeeping beside the version table: what was applied, with
 * its text, and a log of all that was done.  Databases that come from
 * elsewhere have neither, and nothing may need them.
 */
#ifndef MIGRATE_RECORD_H
#define MIGRATE_RECORD_H

#include "engine/engine.h"
#include "migrate/revision/revision.h"

struct record {
	const char *revision;
	const char *message;
	const char *applied_at; /* NULL: not known */
	int64_t duration;       /* microseconds */
	const char *sum;        /* of revision_sum */
	const char *body;       /* the file's text, if it was asked for */
};

struct records {
	struct record *items;
	size_t count;
};

/* Makes the two tables where they are missing. */
CHECKED enum status record_ensure(struct engine *engine, struct error *e);

/* All records without their bodies, in the order of their ids. */
CHECKED enum status record_all(struct engine *engine, struct arena *arena,
			       struct records *out, struct error *e);

/* The record of that revision among them, or NULL. */
const struct record *record_find(const struct records *records,
				 const char *revision);

/* One record with its body; *out NULL if there is none. */
CHECKED enum status record_read(struct engine *engine, const char *revision,
				struct arena *arena, struct record **out,
				struct error *e);

/* Notes a revision as applied now, or takes the note away. */
CHECKED enum status record_put(struct engine *engine,
			       const struct record *record, struct error *e);
CHECKED enum status record_remove(struct engine *engine, const char *revision,
				  struct error *e);

/* A line of the log: who, when and where are found out here. */
struct log_entry {
	const char *operation; /* "upgrade", "stamp" … */
	const char *from, *to; /* revisions, "a, b"; "" for base */
	const char *error;     /* NULL: it went well */
	int64_t duration;      /* microseconds */
};
CHECKED enum status log_add(struct engine *engine,
			    const struct log_entry *entry, struct error *e);

/* The revisions that were applied, in that order; none without a log. */
CHECKED enum status log_applied(struct engine *engine, struct arena *arena,
				struct names *out, struct error *e);

/*
 * The newest rows of the log, all if limit is negative, oldest first; *out
 * NULL where there is no log.
 */
CHECKED enum status log_open(struct engine *engine, int64_t limit,
			     struct statement **out, struct error *e);

#endif

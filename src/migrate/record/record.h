/*
 * taskmgr's bookkeeping in addition to the version table: a record of each
 * applied revision with its text, and a log.  Databases created by other
 * programs have neither, so everything must work without them.
 */
#ifndef MIGRATE_RECORD_H
#define MIGRATE_RECORD_H

#include "engine/engine.h"
#include "migrate/revision/revision.h"

struct record {
	const char *revision;
	const char *message;
	const char *applied_at; /* NULL if unknown */
	int64_t duration;       /* microseconds */
	const char *sum;        /* from revision_sum */
	const char *body;       /* the file's text; NULL from record_all */
};

struct records {
	struct record *items;
	size_t count;
};

/* Creates the two tables if they are missing. */
CHECKED enum status record_ensure(struct engine *engine, struct error *e);

/* Reads all records without their bodies, ordered by id. */
CHECKED enum status record_all(struct engine *engine, struct arena *arena,
			       struct records *out, struct error *e);

/* The record of a revision, or NULL. */
const struct record *record_find(const struct records *records,
				 const char *revision);

/* Reads a record with its body; sets *out to NULL if there is none. */
CHECKED enum status record_read(struct engine *engine, const char *revision,
				struct arena *arena, struct record **out,
				struct error *e);

/* Adds or replaces a record; applied_at NULL means now. */
CHECKED enum status record_put(struct engine *engine,
			       const struct record *record, struct error *e);
/* Deletes the record of a revision, if any. */
CHECKED enum status record_remove(struct engine *engine, const char *revision,
				  struct error *e);

/* A line of the log; log_add fills in time, user and host. */
struct log_entry {
	const char *operation; /* "upgrade", "stamp" … */
	const char *from, *to; /* revisions, "a, b"; "" for base */
	const char *error;     /* NULL on success */
	int64_t duration;      /* microseconds */
};
CHECKED enum status log_add(struct engine *engine,
			    const struct log_entry *entry, struct error *e);

/* Lists the applied revisions, oldest first; none without a log. */
CHECKED enum status log_applied(struct engine *engine, struct arena *arena,
				struct names *out, struct error *e);

/*
 * Selects the newest rows of the log, all if limit is negative, oldest first;
 * leaves *out alone if there is no log.
 */
CHECKED enum status log_open(struct engine *engine, int64_t limit,
			     struct statement **out, struct error *e);

#endif

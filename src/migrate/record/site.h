/*
 * What a db operation works on: the revisions of a folder, and a database with
 * its current revisions.
 */
#ifndef MIGRATE_SITE_H
#define MIGRATE_SITE_H

#include "migrate/graph/graph.h"
#include "migrate/record/record.h"
#include "operation/operation.h"

struct site {
	struct context *context;
	struct arena *arena;
	const char *folder; /* NULL: the built-in revisions */
	struct revision *revisions;
	size_t nrevisions;
	struct graph graph;
	struct engine *engine; /* NULL if the database does not exist */
	struct engine *record; /* the database with the records, or NULL */
	struct names versions; /* the version table's rows */
	struct names unknown;  /* rows that are not in the graph */
	struct nodes current;  /* the nodes of the other rows */
};

/* Reads only the revisions; does not open the database. */
CHECKED enum status site_load_files(struct context *context,
				    struct arena *arena, struct site *out,
				    struct error *e);

/*
 * The same, but takes revisions without a file from the database's records, and
 * leaves out the built-in revisions if the database is another program's.
 */
CHECKED enum status site_load_whole(const struct call *call, struct site *out,
				    struct error *e);

/*
 * Reads the revisions and opens the database (context_open) if it exists.
 * Applied revisions without a file come from the records.
 */
CHECKED enum status site_load(struct context *context, struct arena *arena,
			      unsigned operation_flags, struct site *out,
			      struct error *e);

/* The same for a call of an operation with OPERATION_EMPTY. */
CHECKED enum status site_of(const struct call *call, struct site *out,
			    struct error *e);

/* Reads the current revisions again; sets *moved if they have changed. */
CHECKED enum status site_refresh(struct site *site, bool *moved,
				 struct error *e);

/*
 * SCHEMA, with a hint, if the built-in revisions would be used on another
 * program's database.
 */
CHECKED enum status site_guard(const struct site *site, struct error *e);

/*
 * For commands that only read: where site_guard would fail, removes the
 * built-in revisions from the graph and sets *foreign.
 */
CHECKED enum status site_leave_builtin(struct site *site, bool *foreign,
				       struct error *e);

/* site_of and site_leave_builtin, with a note if *foreign. */
CHECKED enum status site_load_to_look(const struct call *call, struct site *out,
				      struct error *e);

/*
 * SCHEMA if the database is at unknown revisions (known); or if an applied one
 * has no file, only a record (files).
 */
CHECKED enum status site_require_known(const struct site *site,
				       struct error *e);
CHECKED enum status site_require_files(const struct site *site,
				       struct error *e);

/* SCHEMA unless the database is at all heads. */
CHECKED enum status site_require_head(const struct site *site, struct error *e);

/* Notes the next step if the folder has no revisions. */
void site_note_empty(const struct site *site);

/* Whether these revisions apply to the database: a folder's always do, the
   built-in ones if it is at some of them. */
bool site_is_ours(const struct site *site);

/* Reads the text and sections of a revision from its file or its record. */
CHECKED enum status site_text(const struct site *site,
			      const struct revision *revision,
			      const char **text, struct sections *sections,
			      struct error *e);

/* Whether the file of a revision has another hash. */
CHECKED enum status site_is_edited(const struct site *site,
				   const struct revision *revision,
				   const char *sum, bool *edited,
				   struct error *e);

/*
 * SCHEMA if one of the nodes was edited after it was applied; nodes without a
 * record are not checked.
 */
CHECKED enum status site_check_edited(const struct site *site,
				      const struct nodes *nodes,
				      struct error *e);

/* The sorted ids of nodes, as in the version table. */
struct names site_ids(const struct site *site, const struct nodes *nodes);

/* Marks the nodes applied to the database. */
bool *site_applied(const struct site *site);

#endif

/*
 * What an operation of db works on: the revisions of a folder, and what a
 * database says it is at.
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
	struct engine *engine; /* NULL: there is no database */
	struct engine *record; /* the one that has the record; NULL: none */
	struct names versions; /* the version table's rows */
	struct names unknown;  /* those that are no node */
	struct nodes current;  /* the others */
};

/* The revisions alone; the database stays closed. */
CHECKED enum status site_load_files(struct context *context,
				    struct arena *arena, struct site *out,
				    struct error *e);

/*
 * The same, with what the database's record knows where a file is missing, and
 * without the built-in revisions where the database is not theirs.
 */
CHECKED enum status site_load_whole(struct context *context,
				    struct arena *arena, struct site *out,
				    struct error *e);

/*
 * The revisions and the database, which is opened (context_open) if it
 * exists.  Applied revisions without a file come from the record.
 */
CHECKED enum status site_load(struct context *context, struct arena *arena,
			      unsigned operation_flags, struct site *out,
			      struct error *e);

/* Reads again where the database is; *moved if it is elsewhere now. */
CHECKED enum status site_refresh(struct site *site, bool *moved,
				 struct error *e);

/*
 * SCHEMA, saying what to do, if the built-in revisions would meet a database
 * that is not theirs.
 */
CHECKED enum status site_guard(const struct site *site, struct error *e);

/*
 * For commands that only look: removes the built-in revisions from the graph,
 * and sets *foreign, where site_guard would refuse.
 */
CHECKED enum status site_leave_builtin(struct site *site, bool *foreign,
				       struct error *e);

/* site_load and site_leave_builtin, with a note if that removed anything. */
CHECKED enum status site_load_to_look(struct context *context,
				      struct arena *arena, struct site *out,
				      struct error *e);

/*
 * SCHEMA if the database is at revisions that nothing is known of; and if one
 * that was applied has no file, so that only the record knows it.
 */
CHECKED enum status site_require_known(const struct site *site,
				       struct error *e);
CHECKED enum status site_require_files(const struct site *site,
				       struct error *e);

/* SCHEMA unless the database is at all heads. */
CHECKED enum status site_require_head(const struct site *site, struct error *e);

/* Whether the built-in revisions, or a folder's, are this database's. */
bool site_is_ours(const struct site *site);

/* The text and the sections of a revision, from its file or its record. */
CHECKED enum status site_text(const struct site *site,
			      const struct revision *revision,
			      const char **text, struct sections *sections,
			      struct error *e);

/*
 * SCHEMA if one of the nodes was edited after it was applied; nodes without
 * a record are believed.
 */
CHECKED enum status site_check_edited(const struct site *site,
				      const struct nodes *nodes,
				      struct error *e);

/* The ids of nodes, in order, as the version table's rows are. */
struct names site_ids(const struct site *site, const struct nodes *nodes);

/* The nodes applied to the database. */
bool *site_applied(const struct site *site);

#endif

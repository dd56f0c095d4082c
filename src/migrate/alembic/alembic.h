/* Reads a project of Alembic: its revisions, which are Python, their SQL, which
   Alembic prints, and the URL of its database. */
#ifndef MIGRATE_ALEMBIC_H
#define MIGRATE_ALEMBIC_H

#include "migrate/revision/revision.h"
#include "util/arena.h"

/*
 * Reads a revision file: the message and the date of the docstring, and what is
 * assigned to revision, down_revision, branch_labels and depends_on at the left
 * margin.  Does not run Python.  FAILED, naming the file, if a value is not a
 * string or a tuple or list of strings; sets out->id to NULL if the file is not
 * a revision.
 */
CHECKED enum status alembic_parse(const char *text, const char *name,
				  struct arena *arena, struct revision *out,
				  struct error *e);

struct alembic_step {
	const char *revision;
	const char *sql; /* or "" */
};

struct alembic_steps {
	struct alembic_step *items;
	size_t count;
};

/*
 * Runs "alembic -c config upgrade heads --sql", or "downgrade FROM:base",
 * and splits its output at "-- Running …".  Lists nothing if the command is
 * missing, and only the steps before a failure.  Appends downgrades to out.
 */
struct alembic_steps alembic_upgrades(const char *config, struct arena *arena);
void alembic_downgrades(const char *config, const char *from,
			struct arena *arena, struct alembic_steps *out);

/* The SQL of a revision, or NULL. */
const char *alembic_find(const struct alembic_steps *steps,
			 const char *revision);

/*
 * The value of sqlalchemy.url in alembic.ini in the current folder, in arena;
 * NULL if the file or the value is missing.  %(here)s is the folder.
 */
const char *alembic_url(struct arena *arena);

#endif

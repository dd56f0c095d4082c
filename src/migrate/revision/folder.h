/*
 * Where revisions come from: a migrations folder, or (NULL) the files that
 * were built in.
 *
 *	migrations/schema.sql		the wanted tables
 *	migrations/revision.sql.in	the template of new revisions
 *	migrations/versions/ID_SLUG.sql
 */
#ifndef MIGRATE_FOLDER_H
#define MIGRATE_FOLDER_H

#include "migrate/revision/revision.h"

/* The headers of all revisions.  FAILED if the folder cannot be read. */
CHECKED enum status folder_revisions(const char *folder, struct arena *arena,
				     struct revision **out, size_t *count,
				     struct error *e);

#define FOLDER_SCHEMA "schema.sql"

/* The text of one file, FOLDER_SCHEMA or a revision's name. */
CHECKED enum status folder_read(const char *folder, const char *name,
				struct arena *arena, const char **text,
				struct error *e);

/* The text of a file that was built in; NULL if there is none. */
const char *folder_builtin(const char *name);

/* The path of a file in the folder, for people; "(built in)/…" without. */
const char *folder_path(const char *folder, const char *name,
			struct arena *arena);

/* Writes a file that must not be there yet, whole or not at all. */
CHECKED enum status folder_write(const char *path, const char *text,
				 struct error *e);

#endif

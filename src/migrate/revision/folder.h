/*
 * Reads revisions from a migrations folder, or the built-in files if it is
 * NULL.
 *
 *	migrations/schema.sql		the wanted tables
 *	migrations/revision.sql.in	the template of new revisions
 *	migrations/versions/ID_SLUG.sql
 */
#ifndef MIGRATE_FOLDER_H
#define MIGRATE_FOLDER_H

#include <dirent.h>

#include "migrate/revision/revision.h"

/* Reads the headers of all revisions.  FAILED if the folder is unreadable. */
CHECKED enum status folder_revisions(const char *folder, struct arena *arena,
				     struct revision **out, size_t *count,
				     struct error *e);

#define FOLDER_SCHEMA "schema.sql"

/* The message of the revision that creates the tables found by db init. */
#define BASELINE_MESSAGE "baseline: the tables as they were found"

/* Reads a file: FOLDER_SCHEMA or a revision's name. */
CHECKED enum status folder_read(const char *folder, const char *name,
				struct arena *arena, const char **text,
				struct error *e);

/* The text of a built-in file, or NULL. */
const char *folder_builtin(const char *name);

/* The path of a file, for messages; "(built in)/…" without a folder. */
const char *folder_path(const char *folder, const char *name,
			struct arena *arena);

/* Declares the open folder of a path, closed at the end of its block; NULL,
   with errno, if it cannot be opened. */
#define DIRECTORY(name, path) \
	__attribute__((cleanup(folder_close))) DIR *name = opendir(path)
void folder_close(DIR **dir);

/* Creates a file, whole or not at all; fails if it exists. */
CHECKED enum status folder_write(const char *path, const char *text,
				 struct error *e);

#endif

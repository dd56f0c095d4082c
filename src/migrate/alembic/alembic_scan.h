/* Reads the headers of Alembic's revision files, which are Python. */
#ifndef MIGRATE_ALEMBIC_SCAN_H
#define MIGRATE_ALEMBIC_SCAN_H

#include "migrate/revision/revision.h"

/*
 * Reads the message and the date of the docstring, and what is assigned to
 * revision, down_revision, branch_labels and depends_on at the left margin.
 * Does not run Python.  FAILED, naming the file, if a value is not a string or
 * a tuple or list of strings; sets out->id to NULL if the file is not a
 * revision.
 */
CHECKED enum status alembic_parse(const char *text, const char *name,
				  struct arena *arena, struct revision *out,
				  struct error *e);

#endif

/* Alembic's revision files, which are Python, as far as their header goes. */
#ifndef MIGRATE_ALEMBIC_SCAN_H
#define MIGRATE_ALEMBIC_SCAN_H

#include "migrate/revision/revision.h"

/*
 * Reads the message and the date of the docstring, and what is assigned to
 * revision, down_revision, branch_labels and depends_on at the left margin.
 * Nothing is run.  FAILED, naming the file, where a value is no plain text,
 * tuple or list of texts; *out with a NULL id where there is no revision.
 */
CHECKED enum status alembic_parse(const char *text, const char *name,
				  struct arena *arena, struct revision *out,
				  struct error *e);

#endif

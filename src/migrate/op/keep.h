/* Backups of the database. */
#ifndef MIGRATE_KEEP_H
#define MIGRATE_KEEP_H

#include "operation/operation.h"

/* Backs up the open database to a file; if it is NULL or "", to one named by
   the time.  Sets *copy to its name; to NULL in a dry run, which prints the
   name as a note. */
CHECKED enum status keep_backup(const struct context *context,
				const char *given, const char **copy,
				struct error *e);

#endif

/* Copies of the database that are kept. */
#ifndef MIGRATE_KEEP_H
#define MIGRATE_KEEP_H

#include "operation/operation.h"

/* Backs the open database up, into the file that a person named or, where that
   is NULL or "", one that is named by the time.  *copy is its name; NULL in a
   dry run, which says what it would be. */
CHECKED enum status keep_backup(const struct context *context,
				const char *given, const char **copy,
				struct error *e);

#endif

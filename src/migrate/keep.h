/* Copies of the database that are kept. */
#ifndef MIGRATE_KEEP_H
#define MIGRATE_KEEP_H

#include "operation/operation.h"

/* The file that a person named, or one that is named by the time. */
const char *keep_name(const struct context *context, const char *given,
		      struct arena *arena);

/* Backs the open database up, and says where. */
CHECKED enum status keep_backup(const struct context *context, const char *file,
				struct error *e);

#endif

/* The whole catalog as JSON, for programs: taskmgr help --json. */
#ifndef DESCRIBE_HELP_JSON_H
#define DESCRIBE_HELP_JSON_H

#include "catalog/catalog.h"
#include "util/buffer.h"

/*
 * The operations with their parameters and columns; of one noun, or one
 * operation, unless these are NULL.  Without either also the options of every
 * command, the formats and the exit statuses.
 */
void help_json(const struct catalog *catalog, const char *noun,
	       const struct operation *operation, struct buffer *out);

#endif

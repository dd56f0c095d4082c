/* The OpenAPI description of every operation that has a route. */
#ifndef DESCRIBE_OPENAPI_H
#define DESCRIBE_OPENAPI_H

#include "catalog/catalog.h"
#include "util/buffer.h"

/*
 * Appends an OpenAPI 3.1.0 document (spec.openapis.org/oas/v3.1.0) as JSON:
 * a path for each route of the catalog, a schema for each record that an
 * operation accepts or returns.  root_path comes before the paths where the
 * client sees them: "/x" or "".  With tokens, operations need one.
 */
void openapi_write(const struct catalog *catalog, const char *root_path,
		   bool tokens, struct buffer *out);

#endif

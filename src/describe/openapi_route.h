/*
 * One route's part of the OpenAPI description, and what the routes share;
 * private to it.
 */
#ifndef DESCRIBE_OPENAPI_ROUTE_H
#define DESCRIBE_OPENAPI_ROUTE_H

#include "catalog/catalog.h"
#include "describe/json_maker.h"

struct describer {
	const struct catalog *catalog;
	struct json_maker json;
	struct arena *arena;
	const char **rows; /* names of components, by the catalog's resources */
	const char **names; /* all names in use, including operation ids */
	size_t nnames;
	bool tokens; /* operations need one */
};

/* "get": {…}: parameters, body and responses. */
void openapi_add_route(struct describer *describer,
		       const struct operation *operation,
		       const struct route *route);

/* The schemas of errors and of a change's answer. */
void openapi_add_common_schemas(struct json_maker *json);

/* The components besides schemas that the paths before refer to. */
void openapi_add_common(struct describer *describer);

#endif

/* One route's part of the OpenAPI description; private to it. */
#ifndef DESCRIBE_OPENAPI_ROUTE_H
#define DESCRIBE_OPENAPI_ROUTE_H

#include "catalog/catalog.h"
#include "describe/openapi_json.h"

struct describer {
	const struct catalog *catalog;
	struct json_maker json;
	struct arena *arena;
};

/* "get": {…}: parameters, body and responses. */
void openapi_add_route(struct describer *describer,
		       const struct operation *operation,
		       const struct route *route);

bool openapi_takes_record(const struct operation *operation);

/* "CreateUser", "UpdateUser"; "PatchUser" where no field is required. */
const char *openapi_record_name(const struct operation *operation,
				const struct route *route, struct arena *arena);

#endif

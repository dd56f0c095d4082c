/* Names that are unique in one OpenAPI description; private to it. */
#ifndef DESCRIBE_OPENAPI_NAME_H
#define DESCRIBE_OPENAPI_NAME_H

#include "describe/openapi_route.h"

struct resource;

/* Chooses a unique name for each table; call it before the functions below. */
void openapi_name_rows(struct describer *describer);

/* The component for a row: "User". */
const char *openapi_row_name(const struct describer *describer,
			     const struct resource *resource);

/* "CreateUser", "UpdateUser"; "PatchUser" where no field is required. */
const char *openapi_record_name(const struct describer *describer,
				const struct operation *operation,
				const struct route *route);

/* "create_user_user_create_post", as FastAPI composes it. */
const char *openapi_operation_id(struct describer *describer,
				 const struct operation *operation,
				 const struct route *route);

#endif

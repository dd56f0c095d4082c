/*
 * JSON Schemas (2020-12, as OpenAPI 3.1 has them) of what operations take and
 * give; private to the OpenAPI description.
 */
#ifndef DESCRIBE_OPENAPI_SCHEMA_H
#define DESCRIBE_OPENAPI_SCHEMA_H

#include "catalog/catalog.h"
#include "describe/openapi_json.h"

/* A noun as the name of a component: "order_item" is "OrderItem". */
const char *schema_noun(const char *noun, struct arena *arena);

/* The schema of one value; its description, where it has one of its own. */
void schema_of_parameter(struct json_maker *json, const char *key,
			 const struct parameter *parameter,
			 const char *description);

/* The schema of a row of these columns. */
void schema_of_columns(struct json_maker *json, const char *key,
		       const struct output_column *columns, size_t ncolumns);

/*
 * The schema of a record that a route of the operation takes: everything that
 * is accepted, and an example of what people send.
 */
void schema_of_record(struct json_maker *json, const char *key,
		      const struct operation *operation,
		      const struct route *route);

#endif

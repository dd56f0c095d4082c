/*
 * JSON Schemas (2020-12, as in OpenAPI 3.1) of what operations accept and
 * return; private to the OpenAPI description.
 */
#ifndef DESCRIBE_OPENAPI_SCHEMA_H
#define DESCRIBE_OPENAPI_SCHEMA_H

#include "catalog/catalog.h"
#include "describe/json_maker.h"

/* A noun as the name of a component: "order_item" is "OrderItem". */
const char *schema_noun(const char *noun, struct arena *arena);

/* Adds the schema of one value; description may be NULL. */
void schema_of_parameter(struct json_maker *json, const char *key,
			 const struct parameter *parameter,
			 const char *description);

/* Rows that a row may have nested in it, described by a component. */
struct schema_nested {
	const char *name, *component;
	bool many;
};

/* Adds the schema of a row with these columns. */
void schema_of_columns(struct json_maker *json, const char *key,
		       const struct output_column *columns, size_t ncolumns,
		       const struct schema_nested *nested, size_t nnested);

/* The component of the records that an operation creates. */
typedef const char *schema_component(const void *data,
				     const struct operation *operation);

/*
 * Adds the schema of a record that the route accepts: all fields, and an
 * example with the usual ones.
 */
void schema_of_record(struct json_maker *json, const char *key,
		      const struct operation *operation,
		      const struct route *route, schema_component *component,
		      const void *data);

#endif

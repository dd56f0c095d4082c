#include "describe/openapi_route.h"

#include "describe/openapi_name.h"
#include "describe/openapi_schema.h"
#include "resource/model/resource.h"

static bool has_key(const struct operation *operation)
{
	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->role == PARAMETER_ARGUMENT &&
		    parameter_in_query(p, false))
			return true;
	}
	return false;
}

static const char *lower_case(const char *text, struct arena *arena)
{
	char *copy = arena_copy(arena, text);

	for (char *at = copy; *at; at++)
		*at |= 0x20;
	return copy;
}

static bool is_in_query(const struct parameter *parameter,
			const struct route *route)
{
	return !(parameter->flags & (PARAMETER_HIDDEN | PARAMETER_ALIAS)) &&
	       parameter_in_query(parameter, route->rows);
}

/* Whether rows can be the answer, which come in any format. */
static bool gives_rows(const struct operation *operation,
		       const struct route *route)
{
	return operation->ncolumns && (!route->transaction || route->takes);
}

/* Whether count=true adds the number of all rows. */
static bool has_total(const struct operation *operation)
{
	return operation->flags & OPERATION_LISTS &&
	       operation_find_parameter(operation, "count") < 0;
}

/* At a shell a key may also be a name; over HTTP it may not. */
static const char *parameter_description(struct describer *d,
					 const struct parameter *parameter,
					 const struct route *route)
{
	switch (parameter->role) {
	case PARAMETER_ARGUMENT:
		if (parameter->noun)
			return arena_printf(d->arena, "the %s's key",
					    parameter->noun);
		break;
	case PARAMETER_FIELD:
		return route->takes ? "here or in the body"
				    : "only rows with this value";
	case PARAMETER_OPTION:
	case PARAMETER_RECORDS:
		break;
	}
	return parameter->summary;
}

static void add_parameter(struct describer *d,
			  const struct parameter *parameter,
			  const struct route *route)
{
	struct json_maker *json = &d->json;

	json_open(json, NULL, '{');
	json_add_text(json, "name", parameter->name);
	json_add_text(json, "in", "query");
	if (parameter->role != PARAMETER_FIELD &&
	    parameter_is_required(parameter, route->rows))
		json_add_true(json, "required");
	json_add_text(json, "description",
		      parameter_description(d, parameter, route));
	schema_of_parameter(json, "schema", parameter, NULL);
	json_close(json, '}');
}

/* Whether the request is about one row, which has a tag. */
static bool has_tag(const struct operation *operation,
		    const struct route *route)
{
	return !route->rows && has_key(operation) &&
	       (operation->flags & OPERATION_SHOWS ||
		operation->flags & OPERATION_WRITES);
}

/* Whether the schema refuses changes without a tag. */
static bool needs_tag(const struct operation *operation)
{
	const struct resource *resource = operation->subject;

	return resource && resource->table->annotations.precondition;
}

/* Header fields. */
static void add_fields(struct describer *d, const struct operation *operation,
		       const struct route *route)
{
	const bool writes = operation->flags & OPERATION_WRITES;
	const char *match = !writes                ? "IfNoneMatch"
			    : needs_tag(operation) ? "IfMatchRequired"
						   : "IfMatch";

	if (has_tag(operation, route))
		json_add_ref(&d->json, NULL, "parameters/", match);
	if (writes)
		json_add_ref(&d->json, NULL, "parameters/", "IdempotencyKey");
}

static void add_parameters(struct describer *d,
			   const struct operation *operation,
			   const struct route *route)
{
	json_open(&d->json, "parameters", '[');
	for (size_t i = 0; i < operation->nparameters; i++) {
		if (is_in_query(&operation->parameters[i], route))
			add_parameter(d, &operation->parameters[i], route);
	}
	if (gives_rows(operation, route) &&
	    operation_find_parameter(operation, "format") < 0)
		json_add_ref(&d->json, NULL, "parameters/", "Format");
	if (gives_rows(operation, route) &&
	    operation_find_parameter(operation, "columns") < 0)
		json_add_ref(&d->json, NULL, "parameters/", "Columns");
	if (has_total(operation))
		json_add_ref(&d->json, NULL, "parameters/", "Count");
	if (route->takes && route->transaction)
		json_add_ref(&d->json, NULL, "parameters/", "Prefer");
	add_fields(d, operation, route);
	json_close(&d->json, ']');
}

/* "text/csv", as a key; NULL for JSON and for one that was added before. */
static const char *format_key(const struct output_format *format,
			      struct arena *arena)
{
	const char *type = format->media_type;

	if (!strcmp(type, MEDIA_JSON))
		return NULL;
	for (const struct output_format *f = output_formats; f != format; f++)
		if (!strcmp(f->media_type, type))
			return NULL;
	return arena_copy_n(arena, type, strcspn(type, ";"));
}

/* The rows in the formats that have no schema. */
static void add_formats(struct describer *d)
{
	for (const struct output_format *f = output_formats; f->name; f++) {
		const char *key = format_key(f, d->arena);

		if (key)
			json_add_form(&d->json, key,
				      "{'schema':{'type':'string'}}");
	}
}

/* Without a key an array of records is accepted as well. */
static void add_json_body(struct json_maker *json, bool one, const char *name)
{
#define RECORD JSON_REF("schemas/%s")
	if (one)
		json_add_form(json, MEDIA_JSON, "{'schema':" RECORD "}", name);
	else
		json_add_form(json, MEDIA_JSON,
			      "{'schema':{'anyOf':[" RECORD ","
			      "{'type':'array','items':" RECORD "}]}}",
			      name, name);
}

static void add_body(struct describer *d, const struct operation *operation,
		     const struct route *route)
{
	struct json_maker *json = &d->json;
	const char *name;

	if (!route->record)
		return;
	name = openapi_record_name(d, operation, route);
	json_open(json, "requestBody", '{');
	json_add_true(json, "required");
	json_open(json, "content", '{');
	for (const struct body_form *form = route->takes; form->media_type;
	     form++) {
		if (form->format == BODY_JSON)
			add_json_body(json, has_key(operation), name);
		else if (!form->alias)
			json_add_form(json, form->media_type,
				      "{'schema':{'type':'string'}}");
	}
	json_close(json, '}');
	json_close(json, '}');
}

static void add_row(struct describer *d, const char *key,
		    const struct operation *operation)
{
	const struct resource *resource = catalog_find_columns(
		d->catalog, operation->columns);

	if (resource)
		json_add_ref(&d->json, key, "schemas/",
			     openapi_row_name(d, resource));
	else
		schema_of_columns(&d->json, key, operation->columns,
				  operation->ncolumns, NULL, 0);
}

static void add_rows(struct describer *d, const char *key,
		     const struct operation *operation)
{
	json_open(&d->json, key, '{');
	json_add_text(&d->json, "type", "array");
	add_row(d, "items", operation);
	json_close(&d->json, '}');
}

/* A change returns a summary or, with a Prefer header, the record. */
static void add_transaction(struct describer *d,
			    const struct operation *operation,
			    const struct route *route)
{
	struct json_maker *json = &d->json;

	if (!operation_takes_records(operation)) {
		json_add_ref(json, "schema", "schemas/", "Transaction");
		return;
	}
	json_open(json, "schema", '{');
	json_open(json, "anyOf", '[');
	json_add_ref(json, NULL, "schemas/", "Transaction");
	if (!route->rows)
		add_row(d, NULL, operation);
	if (route->rows || !has_key(operation))
		add_rows(d, NULL, operation);
	json_close(json, ']');
	json_close(json, '}');
}

static void add_page_headers(struct describer *d,
			     const struct operation *operation)
{
	struct json_maker *json = &d->json;

	json_open(json, "headers", '{');
	json_add_form(json, "Link",
		      "{'description':'the next page of a list that limit "
		      "cuts','schema':{'type':'string'}}");
	if (has_total(operation))
		json_add_form(json, "X-Total-Count",
			      "{'description':'the number of all rows, with "
			      "count=true','schema':{'type':'integer'}}");
	json_close(json, '}');
}

/* A number, or with by= one for each group. */
static void add_count(struct describer *d, const struct operation *operation)
{
	struct json_maker *json = &d->json;

	json_open(json, "schema", '{');
	json_open(json, "anyOf", '[');
	add_row(d, NULL, operation);
	add_rows(d, NULL, operation);
	json_close(json, ']');
	json_close(json, '}');
}

static void add_success(struct describer *d, const struct operation *operation,
			const struct route *route)
{
	struct json_maker *json = &d->json;

	json_open(json, arena_printf(d->arena, "%d", route->status), '{');
	json_add_text(json, "description",
		      route->status == 201 ? "Created" : "Successful Response");
	if (route->status == 201)
		json_add_form(json, "headers",
			      "{'Location':{'description':"
			      "'where the new record is shown','schema':"
			      "{'type':'string','format':'uri-reference'}}}");
	else if (has_tag(operation, route) && !route->transaction)
		json_add_form(json, "headers",
			      "{'ETag':{'description':'changes with the row',"
			      "'schema':{'type':'string'}}}");
	else if (operation_find_flag(operation, PARAMETER_START) >= 0)
		add_page_headers(d, operation);
	json_open(json, "content", '{');
	json_open(json, MEDIA_JSON, '{');
	if (route->transaction)
		add_transaction(d, operation, route);
	else if (operation->flags & OPERATION_COUNTS)
		add_count(d, operation);
	else if (operation->flags & OPERATION_ONE)
		add_row(d, "schema", operation);
	else
		add_rows(d, "schema", operation);
	json_close(json, '}');
	if (gives_rows(operation, route))
		add_formats(d);
	json_close(json, '}');
	json_close(json, '}');
}

static bool may_miss(const struct operation *operation)
{
	for (size_t i = 0; i < operation->nparameters; i++) {
		if (operation->parameters[i].noun)
			return true;
	}
	return false;
}

/* Whether the request may change rows that exist. */
static bool changes_rows(const struct operation *operation,
			 const struct route *route)
{
	return route->rows || has_key(operation) ||
	       operation_find_flag(operation, PARAMETER_CONFLICT) >= 0;
}

static void add_responses(struct describer *d,
			  const struct operation *operation,
			  const struct route *route)
{
	const bool writes = operation->flags & OPERATION_WRITES;
	struct json_maker *json = &d->json;

	json_open(json, "responses", '{');
	add_success(d, operation, route);
	if (!writes && has_tag(operation, route))
		json_add_ref(json, "304", "responses/", "NotModified");
	if (d->tokens)
		json_add_ref(json, "401", "responses/", "Unauthorized");
	if (may_miss(operation))
		json_add_ref(json, "404", "responses/", "NotFound");
	if (gives_rows(operation, route))
		json_add_ref(json, "406", "responses/", "NotAcceptable");
	if (writes)
		json_add_ref(json, "409", "responses/", "Conflict");
	if (writes && has_tag(operation, route))
		json_add_ref(json, "412", "responses/", "PreconditionFailed");
	if (route->takes)
		json_add_ref(json, "413", "responses/", "TooLarge");
	if (route->takes)
		json_add_ref(json, "415", "responses/", "UnsupportedMediaType");
	json_add_ref(json, "422", "responses/", "Invalid");
	if (writes && needs_tag(operation) && changes_rows(operation, route))
		json_add_ref(json, "428", "responses/", "PreconditionRequired");
	json_add_ref(json, "default", "responses/", "Refused");
	json_close(json, '}');
}

void openapi_add_route(struct describer *d, const struct operation *operation,
		       const struct route *route)
{
	struct json_maker *json = &d->json;

	json_open(json, lower_case(route->method, d->arena), '{');
	json_add_form(json, "tags", "['%s']", operation->noun);
	json_add_text(json, "summary",
		      route->summary ? route->summary : operation->summary);
	json_add_text(json, "description",
		      route->rows ? "All rows that the query selects, in one "
				    "transaction"
				  : arena_printf(d->arena,
						 "At the shell: `taskmgr %s`",
						 operation->example));
	json_add_text(json, "operationId",
		      openapi_operation_id(d, operation, route));
	add_parameters(d, operation, route);
	add_body(d, operation, route);
	add_responses(d, operation, route);
	json_close(json, '}');
}

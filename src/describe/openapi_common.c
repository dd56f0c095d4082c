#include "describe/openapi_route.h"

void openapi_add_common_schemas(struct json_maker *json)
{
	json_add_raw(json, "Transaction",
		     "{\"type\":\"object\",\"properties\":{"
		     "\"status_code\":{\"type\":\"integer\"},"
		     "\"transaction\":{\"type\":\"string\"},"
		     "\"rows\":{\"type\":\"integer\"}},"
		     "\"required\":[\"status_code\",\"transaction\"]}");
	json_add_raw(json, "Error",
		     "{\"type\":\"object\",\"properties\":{"
		     "\"detail\":{\"type\":\"string\"}},"
		     "\"required\":[\"detail\"]}");
	json_add_raw(json, "ValidationError",
		     "{\"type\":\"object\",\"properties\":{"
		     "\"type\":{\"type\":\"string\"},"
		     "\"loc\":{\"type\":\"array\",\"items\":{\"anyOf\":"
		     "[{\"type\":\"string\"},{\"type\":\"integer\"}]}},"
		     "\"msg\":{\"type\":\"string\"},\"input\":{},"
		     "\"ctx\":{\"type\":\"object\"},"
		     "\"hint\":{\"type\":\"string\"}},"
		     "\"required\":[\"type\",\"loc\",\"msg\"]}");
	json_add_raw(json, "HTTPValidationError",
		     "{\"type\":\"object\",\"properties\":{\"detail\":"
		     "{\"type\":\"array\",\"items\":{\"$ref\":"
		     "\"#/components/schemas/ValidationError\"}}},"
		     "\"required\":[\"detail\"]}");
}

/* Whether a path refers to the component: lint tools report one that none does. */
static bool is_used(const struct json_maker *json, const char *section,
		    const char *name)
{
	BUFFER(reference);

	buffer_printf(&reference, "#/components/%s%s\"", section, name);
	return strstr(buffer_string(json->out), reference.data);
}

static const struct {
	const char *name, *description, *schema;
} responses[] = {
	{ "NotModified", "The client has it: If-None-Match", NULL },
	{ "Unauthorized", "The token is missing or not valid", "Error" },
	{ "NotFound", "The row was not found", "Error" },
	{ "NotAcceptable", "Accept names none of the formats", "Error" },
	{ "Conflict", "The change conflicts with another row", "Error" },
	{ "PreconditionFailed", "If-Match: the row has another tag", "Error" },
	{ "TooLarge", "The body is too large", "Error" },
	{ "UnsupportedMediaType", "The Content-Type is not one of these",
	  "Error" },
	{ "Invalid", "Validation Error", "HTTPValidationError" },
	{ "PreconditionRequired", "If-Match is required", "Error" },
	{ "Refused", "The request was refused", "Error" },
	{ NULL, NULL, NULL },
};

static void add_responses(struct json_maker *json)
{
	json_open(json, "responses", '{');
	for (size_t i = 0; responses[i].name; i++) {
		if (!is_used(json, "responses/", responses[i].name))
			continue;
		json_open(json, responses[i].name, '{');
		json_add_text(json, "description", responses[i].description);
		if (responses[i].schema) {
			json_open(json, "content", '{');
			json_open(json, MEDIA_JSON, '{');
			json_add_ref(json, "schema", "schemas/",
				     responses[i].schema);
			json_close(json, '}');
			json_close(json, '}');
		}
		json_close(json, '}');
	}
	json_close(json, '}');
}

static const struct {
	const char *name, *field, *description;
	bool required;
} fields[] = {
	{ "Prefer", "Prefer", "return=representation: the answer is the record",
	  false },
	{ "IfMatch", "If-Match",
	  "change the row only if it still has this ETag", false },
	{ "IfMatchRequired", "If-Match",
	  "change the row only if it still has this ETag", true },
	{ "IfNoneMatch", "If-None-Match",
	  "send the row only if it has another ETag", false },
	{ "IdempotencyKey", "Idempotency-Key",
	  "with the same key the change is made once, for 24 hours", false },
	{ NULL, NULL, NULL, false },
};

static void add_fields(struct json_maker *json)
{
	for (size_t i = 0; fields[i].name; i++) {
		if (!is_used(json, "parameters/", fields[i].name))
			continue;
		json_open(json, fields[i].name, '{');
		json_add_text(json, "name", fields[i].field);
		json_add_text(json, "in", "header");
		json_add_text(json, "description", fields[i].description);
		if (fields[i].required)
			json_add_true(json, "required");
		json_add_raw(json, "schema", "{\"type\":\"string\"}");
		json_close(json, '}');
	}
}

/* ?format=, which overrides Accept. */
static void add_format(struct json_maker *json)
{
	json_open(json, "Format", '{');
	json_add_text(json, "name", "format");
	json_add_text(json, "in", "query");
	json_add_text(json, "description",
		      "the format of the rows; overrides Accept");
	json_open(json, "schema", '{');
	json_open(json, "enum", '[');
	for (const struct output_format *f = output_formats; f->name; f++)
		json_add_text(json, NULL, f->name);
	json_close(json, ']');
	json_close(json, '}');
	json_close(json, '}');
}

static void add_columns(struct json_maker *json)
{
	json_add_raw(json, "Columns",
		     "{\"name\":\"columns\",\"in\":\"query\","
		     "\"description\":\"only these columns, separated by "
		     "commas; -a,-b: all but these\","
		     "\"schema\":{\"type\":\"string\"}}");
}

static void add_count(struct json_maker *json)
{
	json_add_raw(json, "Count",
		     "{\"name\":\"count\",\"in\":\"query\","
		     "\"description\":\"true: X-Total-Count has the number of "
		     "all rows, on all pages\","
		     "\"schema\":{\"type\":\"boolean\"}}");
}

void openapi_add_common(struct describer *d)
{
	struct json_maker *json = &d->json;

	add_responses(json);
	if (d->tokens)
		json_add_raw(json, "securitySchemes",
			     "{\"bearer\":{\"type\":\"http\","
			     "\"scheme\":\"bearer\",\"description\":"
			     "\"a token of the listener's --token-file\"}}");
	json_open(json, "parameters", '{');
	add_fields(json);
	add_format(json);
	add_columns(json);
	if (is_used(json, "parameters/", "Count"))
		add_count(json);
	json_close(json, '}');
}

#include "describe/openapi_route.h"

void openapi_add_common_schemas(struct json_maker *json)
{
	json_add_form(json, "Transaction",
		      "{'type':'object','properties':{"
		      "'status_code':{'type':'integer'},"
		      "'transaction':{'type':'string'},"
		      "'rows':{'type':'integer'}},"
		      "'required':['status_code','transaction']}");
	json_add_form(json, "Error",
		      "{'type':'object','properties':{"
		      "'detail':{'type':'string'}},'required':['detail']}");
	json_add_form(json, "ValidationError",
		      "{'type':'object','properties':{"
		      "'type':{'type':'string'},'loc':{'type':'array','items':"
		      "{'anyOf':[{'type':'string'},{'type':'integer'}]}},"
		      "'msg':{'type':'string'},'input':{},"
		      "'ctx':{'type':'object'},'hint':{'type':'string'}},"
		      "'required':['type','loc','msg']}");
	json_add_form(
		json, "HTTPValidationError",
		"{'type':'object','required':['detail'],"
		"'properties':{'detail':{'type':'array','items':" JSON_REF(
			"schemas/ValidationError") "}}}");
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
		if (responses[i].schema)
			json_add_form(
				json, responses[i].name,
				"{'description':'%s','content':{"
				"'" MEDIA_JSON
				"':{'schema':" JSON_REF("schemas/%s") "}}}",
				responses[i].description, responses[i].schema);
		else
			json_add_form(json, responses[i].name,
				      "{'description':'%s'}",
				      responses[i].description);
	}
	json_close(json, '}');
}

static const struct {
	const char *name, *in, *parameter, *description, *type;
	bool required;
} parameters[] = {
	{ "Prefer", "header", "Prefer",
	  "return=representation: the answer is the record", "string", false },
	{ "IfMatch", "header", "If-Match",
	  "change the row only if it still has this ETag", "string", false },
	{ "IfMatchRequired", "header", "If-Match",
	  "change the row only if it still has this ETag", "string", true },
	{ "IfNoneMatch", "header", "If-None-Match",
	  "send the row only if it has another ETag", "string", false },
	{ "IdempotencyKey", "header", "Idempotency-Key",
	  "with the same key the change is made once, for 24 hours", "string",
	  false },
	{ "Columns", "query", "columns",
	  "only these columns, separated by commas; -a,-b: all but these",
	  "string", false },
	{ "Count", "query", "count",
	  "true: X-Total-Count has the number of all rows, on all pages",
	  "boolean", false },
};

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

static void add_parameters(struct json_maker *json)
{
	json_open(json, "parameters", '{');
	for (size_t i = 0; i < sizeof(parameters) / sizeof(*parameters); i++)
		if (is_used(json, "parameters/", parameters[i].name))
			json_add_form(json, parameters[i].name,
				      "{'name':'%s','in':'%s',"
				      "'description':'%s','required':%s,"
				      "'schema':{'type':'%s'}}",
				      parameters[i].parameter, parameters[i].in,
				      parameters[i].description,
				      parameters[i].required ? "true" : "false",
				      parameters[i].type);
	if (is_used(json, "parameters/", "Format"))
		add_format(json);
	json_close(json, '}');
}

void openapi_add_common(struct describer *d)
{
	add_responses(&d->json);
	if (d->tokens)
		json_add_form(&d->json, "securitySchemes",
			      "{'bearer':{'type':'http','scheme':'bearer',"
			      "'description':'%s'}}",
			      "a token of the listener's --token-file");
	add_parameters(&d->json);
}

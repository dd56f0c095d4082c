#include "describe/openapi_schema.h"

#include <ctype.h>
#include <strings.h>

#define DATE "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
#define TIME \
	"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:\\.[0-9]+)?" \
	"(?: *(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9]))?"

/* Types in JSON Schema; any value has no name. */
static const struct {
	const char *name, *format, *encoding;
	const char *pattern; /* of input */
} types[] = {
	[TYPE_ANY] = { .name = NULL },
	[TYPE_INTEGER] = { .name = "integer", .format = "int64" },
	[TYPE_REAL] = { .name = "number" },
	[TYPE_NUMERIC] = { .name = "number" },
	[TYPE_BOOLEAN] = { .name = "boolean" },
	[TYPE_TEXT] = { .name = "string" },
	[TYPE_DATE] = { .name = "string", .format = "date" },
	/* Neither "time" nor "date-time", which are RFC 3339's: 07:30 has no
	   seconds, and stored values have a blank and no offset. */
	[TYPE_TIME] = { .name = "string", .pattern = "^" TIME "$" },
	[TYPE_DATETIME] = { .name = "string",
			    .pattern = "^" DATE "(?:[Tt ]" TIME ")?$" },
	[TYPE_JSON] = { .name = NULL },
	[TYPE_BLOB] = { .name = "string",
			.encoding = "base64",
			.pattern = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}"
				   "==|[A-Za-z0-9+/]{3}=)?$" },
};

static bool is_ascii_alnum(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z');
}

const char *schema_noun(const char *noun, struct arena *arena)
{
	bool start = true;
	BUFFER(out);

	for (; *noun; noun++) {
		if (*noun == '_') {
			start = true;
			continue;
		}
		/* A component's name has letters, digits, ., - and _. */
		if (is_ascii_alnum(*noun))
			buffer_byte(&out,
				    (char)(start ? toupper(*noun) : *noun));
		else
			buffer_printf(&out, "_%02X",
				      (unsigned)(unsigned char)*noun);
		start = false;
	}
	return arena_copy(arena, buffer_string(&out));
}

static void add_names(struct json_maker *json, const char *const *names,
		      bool nullable)
{
	json_open(json, "type", '[');
	for (; *names; names++)
		json_add_text(json, NULL, *names);
	if (nullable)
		json_add_text(json, NULL, "null");
	json_close(json, ']');
}

static void add_type(struct json_maker *json, enum type type, bool nullable)
{
	const char *const names[] = { types[type].name, NULL };

	if (*names && nullable)
		add_names(json, names, true);
	else
		json_add_text(json, "type", types[type].name);
	json_add_text(json, "format", types[type].format);
	json_add_text(json, "contentEncoding", types[type].encoding);
}

/* A row, by its key or by its name. */
static void add_row_type(struct json_maker *json,
			 const struct parameter *parameter, bool nullable)
{
	const enum type type = parameter->type == TYPE_ANY ? TYPE_INTEGER
							   : parameter->type;
	const char *const names[] = { types[type].name, "string", NULL };

	add_names(json, type == TYPE_TEXT ? names + 1 : names, nullable);
}

/* A document is any value but null; other columns take no arrays or objects. */
static void add_input_type(struct json_maker *json,
			   const struct parameter *parameter, bool query)
{
	static const char *const scalar[] = { "string", "boolean", "number",
					      NULL };
	const bool nullable = parameter->flags & PARAMETER_NULLABLE;
	const enum type type = parameter->type;

	if (parameter->flags & (PARAMETER_NAMED | PARAMETER_ALIAS)) {
		add_row_type(json, parameter, nullable);
		json_add_text(json, "pattern", parameter->pattern);
		return;
	}
	if (type == TYPE_JSON && query) {
		json_add_text(json, "type", "string");
		json_add_text(json, "contentMediaType", MEDIA_JSON);
	} else if (type == TYPE_JSON && !nullable) {
		json_add_raw(json, "not", "{\"type\":\"null\"}");
	} else if (type == TYPE_ANY) {
		add_names(json, scalar, nullable);
	} else {
		add_type(json, type, nullable);
	}
	json_add_text(json, "pattern",
		      parameter->pattern ? parameter->pattern
					 : types[type].pattern);
}

static bool is_number(const char *text)
{
	size_t digits;

	text += *text == '-';
	digits = strspn(text, "0123456789");
	if (!digits || (digits > 1 && *text == '0'))
		return false;
	text += digits;
	if (*text == '.') {
		digits = strspn(++text, "0123456789");
		if (!digits)
			return false;
		text += digits;
	}
	return !*text;
}

static bool type_is_numeric(enum type type)
{
	return type == TYPE_INTEGER || type == TYPE_REAL ||
	       type == TYPE_NUMERIC;
}

static void add_choices(struct json_maker *json,
			const struct parameter *parameter, bool nullable)
{
	if (!parameter->choices)
		return;
	json_open(json, "enum", '[');
	for (const char *const *choice = parameter->choices; *choice;
	     choice++) {
		if (type_is_numeric(parameter->type) && is_number(*choice))
			json_add_raw(json, NULL, *choice);
		else
			json_add_text(json, NULL, *choice);
	}
	if (nullable)
		json_add_raw(json, NULL, "null");
	json_close(json, ']');
}

/* Decodes an SQL string: 'it''s'. */
static void add_quoted_default(struct json_maker *json, const char *sql)
{
	BUFFER(text);

	for (sql++; sql[0] && sql[1]; sql++) {
		buffer_byte(&text, *sql);
		if (sql[0] == '\'' && sql[1] == '\'')
			sql++;
	}
	json_add_text(json, "default", buffer_string(&text));
}

/* Adds a constant default; others only the database can compute. */
static void add_default(struct json_maker *json,
			const struct parameter *parameter)
{
	const char *sql = parameter->default_text;
	size_t length = sql ? strlen(sql) : 0;

	if (!length)
		return;
	if (parameter->type == TYPE_BOOLEAN) {
		if (!strcasecmp(sql, "true") || !strcmp(sql, "1"))
			json_add_raw(json, "default", "true");
		else if (!strcasecmp(sql, "false") || !strcmp(sql, "0"))
			json_add_raw(json, "default", "false");
	} else if (type_is_numeric(parameter->type)) {
		if (is_number(sql))
			json_add_raw(json, "default", sql);
	} else if (length > 1 && sql[0] == '\'' && sql[length - 1] == '\'') {
		add_quoted_default(json, sql);
	}
}

static void add_schema(struct json_maker *json, const char *key,
		       const struct parameter *parameter,
		       const char *description, bool query, bool has_default)
{
	bool nullable = parameter->flags & PARAMETER_NULLABLE;

	json_open(json, key, '{');
	add_input_type(json, parameter, query);
	json_add_number(json,
			parameter->exclusive_minimum ? "exclusiveMinimum"
						     : "minimum",
			parameter->minimum);
	json_add_number(json,
			parameter->exclusive_maximum ? "exclusiveMaximum"
						     : "maximum",
			parameter->maximum);
	if (parameter->max_length)
		json_add_integer(json, "maxLength",
				 (int64_t)parameter->max_length);
	add_choices(json, parameter, nullable);
	if (has_default)
		add_default(json, parameter);
	if (parameter->request)
		json_add_integer(json, "default", parameter->request->integer);
	json_add_text(json, "description", description);
	json_close(json, '}');
}

void schema_of_parameter(struct json_maker *json, const char *key,
			 const struct parameter *parameter,
			 const char *description)
{
	add_schema(json, key, parameter, description, true, true);
}

static bool column_is_shown(const struct output_column *column)
{
	return !(column->flags & (COLUMN_TEXT | COLUMN_ASKED));
}

static void add_column(struct json_maker *json, const char *key,
		       const struct output_column *column)
{
	json_open(json, key, '{');
	add_type(json, column->type, column->flags & COLUMN_NULLABLE);
	json_add_text(json, "description", column->summary);
	json_close(json, '}');
}

/* The rows; where a column has their name, its value is there without them. */
static void add_nested(struct json_maker *json,
		       const struct schema_nested *nested,
		       const struct output_column *column)
{
	json_open(json, nested->name, '{');
	if (nested->many) {
		json_add_text(json, "type", "array");
		json_add_ref(json, "items", "schemas/", nested->component);
	} else {
		json_open(json, "anyOf", '[');
		json_add_ref(json, NULL, "schemas/", nested->component);
		if (column)
			add_column(json, NULL, column);
		json_add_raw(json, NULL, "{\"type\":\"null\"}");
		json_close(json, ']');
	}
	json_add_text(json, "description", "by ?with=");
	json_close(json, '}');
}

static const struct output_column *
find_column(const struct output_column *columns, size_t ncolumns,
	    const char *name)
{
	for (size_t i = 0; i < ncolumns; i++)
		if (strcasecmp(columns[i].name, name) == 0)
			return &columns[i];
	return NULL;
}

static bool is_nested(const struct schema_nested *nested, size_t nnested,
		      const char *name)
{
	for (size_t i = 0; i < nnested; i++)
		if (strcasecmp(nested[i].name, name) == 0)
			return true;
	return false;
}

void schema_of_columns(struct json_maker *json, const char *key,
		       const struct output_column *columns, size_t ncolumns,
		       const struct schema_nested *nested, size_t nnested)
{
	json_open(json, key, '{');
	json_add_text(json, "type", "object");
	json_open(json, "properties", '{');
	for (size_t i = 0; i < ncolumns; i++)
		if (column_is_shown(&columns[i]) &&
		    !is_nested(nested, nnested, columns[i].name))
			add_column(json, columns[i].name, &columns[i]);
	for (size_t i = 0; i < nnested; i++)
		add_nested(json, &nested[i],
			   find_column(columns, ncolumns, nested[i].name));
	json_close(json, '}');
	json_open(json, "required", '[');
	for (size_t i = 0; i < ncolumns; i++) {
		if (column_is_shown(&columns[i]))
			json_add_text(json, NULL, columns[i].name);
	}
	json_close(json, ']');
	json_close(json, '}');
}

/* A field that may come in the query is not required in the body. */
static bool is_required(const struct parameter *parameter,
			const struct route *route)
{
	unsigned required = PARAMETER_REQUIRED |
			    (route->whole ? PARAMETER_WHOLE : 0u);

	return parameter->role == PARAMETER_FIELD &&
	       parameter->flags & required &&
	       !(parameter->flags & PARAMETER_QUERY);
}

static void add_example(struct json_maker *json,
			const struct parameter *parameter)
{
	ARENA(arena);
	const char *sample = parameter_sample(parameter, &arena);

	if (type_is_numeric(parameter->type)
		    ? is_number(sample)
		    : parameter->type == TYPE_BOOLEAN ||
			      parameter->type == TYPE_JSON)
		json_add_raw(json, parameter->name, sample);
	else
		json_add_text(json, parameter->name, sample);
}

/* An example with the usual fields, without those given in the query. */
static void add_examples(struct json_maker *json,
			 const struct operation *operation)
{
	json_open(json, "examples", '[');
	json_open(json, NULL, '{');
	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *parameter = &operation->parameters[i];

		if (parameter->role == PARAMETER_FIELD &&
		    !(parameter->flags & (PARAMETER_HIDDEN | PARAMETER_QUERY)))
			add_example(json, parameter);
	}
	json_close(json, '}');
	json_close(json, ']');
}

static void add_field(struct json_maker *json, const struct parameter *field,
		      schema_component *component, const void *data,
		      bool creates)
{
	if (!field->nested) {
		add_schema(json, field->name, field, field->summary, false,
			   creates);
		return;
	}
	json_add_form(json, field->name,
		      "{'type':'array','items':" JSON_REF("schemas/%s") "}",
		      component(data, *field->nested));
}

void schema_of_record(struct json_maker *json, const char *key,
		      const struct operation *operation,
		      const struct route *route, schema_component *component,
		      const void *data)
{
	/* A field that an update omits is unchanged, so it has no default. */
	bool creates = route->status == 201;

	json_open(json, key, '{');
	json_add_text(json, "type", "object");
	json_open(json, "properties", '{');
	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *parameter = &operation->parameters[i];

		if (parameter->role == PARAMETER_FIELD)
			add_field(json, parameter, component, data, creates);
	}
	json_close(json, '}');
	json_open(json, "required", '[');
	for (size_t i = 0; i < operation->nparameters; i++) {
		if (is_required(&operation->parameters[i], route))
			json_add_text(json, NULL,
				      operation->parameters[i].name);
	}
	json_close(json, ']');
	json_add_raw(json, "additionalProperties", "false");
	add_examples(json, operation);
	json_close(json, '}');
}

#include "describe/help_json.h"

#include <string.h>

#include "catalog/settings.h"
#include "describe/help.h"
#include "describe/json_maker.h"
#include "util/version.h"

static const char *role_name(enum parameter_role role)
{
	switch (role) {
	case PARAMETER_ARGUMENT:
		return "argument";
	case PARAMETER_OPTION:
		return "option";
	case PARAMETER_FIELD:
		return "field";
	case PARAMETER_RECORDS:
		return "records";
	}
	return NULL;
}

static void add_flag(struct json_maker *json, const char *key, bool on)
{
	if (on)
		json_add_true(json, key);
}

static void add_limits(struct json_maker *json, const struct parameter *p)
{
	if (p->choices) {
		json_open(json, "choices", '[');
		for (const char *const *c = p->choices; *c; c++)
			json_add_text(json, NULL, *c);
		json_close(json, ']');
	}
	json_add_number(json, p->exclusive_minimum ? "above" : "minimum",
			p->minimum);
	json_add_number(json, p->exclusive_maximum ? "below" : "maximum",
			p->maximum);
	if (p->max_length)
		json_add_integer(json, "max_length", (int64_t)p->max_length);
	json_add_text(json, "default", p->default_text);
	json_add_text(json, "key_of", p->noun);
}

static void add_parameter(struct json_maker *json, const struct parameter *p)
{
	const char letter[] = { '-', p->letter, '\0' };
	ARENA(arena);

	json_open(json, NULL, '{');
	json_add_text(json, "name", p->name);
	json_add_text(json, "role", role_name(p->role));
	json_add_text(json, "spelling", parameter_spelling(p, &arena));
	json_add_text(json, "letter", p->letter ? letter : NULL);
	json_add_text(json, "type", type_name(p->type));
	json_add_text(json, "value",
		      *parameter_metavar(p) ? parameter_metavar(p) : NULL);
	json_add_text(json, "summary", p->summary);
	add_flag(json, "required", p->flags & PARAMETER_REQUIRED);
	add_flag(json, "repeated", p->flags & PARAMETER_REPEATED);
	add_flag(json, "nullable", p->flags & PARAMETER_NULLABLE);
	add_flag(json, "value_optional", p->flags & PARAMETER_BARE);
	add_limits(json, p);
	json_close(json, '}');
}

static void add_columns(struct json_maker *json,
			const struct operation *operation)
{
	json_open(json, "columns", '[');
	for (size_t i = 0; i < operation->ncolumns; i++) {
		const struct output_column *column = &operation->columns[i];

		if (column->flags & COLUMN_TEXT)
			continue;
		json_open(json, NULL, '{');
		json_add_text(json, "name", column->name);
		json_add_text(json, "type", type_name(column->type));
		json_add_text(json, "summary", column->summary);
		add_flag(json, "nullable", column->flags & COLUMN_NULLABLE);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void add_routes(struct json_maker *json,
		       const struct operation *operation)
{
	json_open(json, "routes", '[');
	for (size_t i = 0; i < operation->nroutes; i++)
		json_add_form(
			json, NULL, "{'method':'%s','path':'%s','status':%d}",
			operation->routes[i].method, operation->routes[i].path,
			operation->routes[i].status);
	json_close(json, ']');
}

static void add_operation(struct json_maker *json,
			  const struct operation *operation)
{
	ARENA(arena);

	json_open(json, NULL, '{');
	json_add_text(json, "command", operation_title(operation, &arena));
	json_add_text(json, "noun", operation->noun);
	json_add_text(json, "verb", *operation->verb ? operation->verb : NULL);
	json_add_text(json, "summary", operation->summary);
	json_add_text(json, "example", operation->example);
	add_flag(json, "writes", operation->flags & OPERATION_WRITES);
	add_flag(json, "asks", operation->flags & OPERATION_CONFIRM);
	json_open(json, "parameters", '[');
	for (size_t i = 0; i < operation->nparameters; i++)
		if (!(operation->parameters[i].flags & PARAMETER_HIDDEN))
			add_parameter(json, &operation->parameters[i]);
	json_close(json, ']');
	add_columns(json, operation);
	add_routes(json, operation);
	json_close(json, '}');
}

static const char *kind_name(enum setting_kind kind)
{
	switch (kind) {
	case SETTING_GLOBAL:
		return "options";
	case SETTING_START:
		return "start_options";
	case SETTING_SERVER:
		return "serve_options";
	}
	return NULL;
}

static void add_settings(struct json_maker *json, enum setting_kind kind)
{
	json_open(json, kind_name(kind), '[');
	for (const struct setting *s = settings_table; s->parameter.name; s++)
		if (s->kind == kind)
			add_parameter(json, &s->parameter);
	json_close(json, ']');
}

static void add_program(struct json_maker *json)
{
	add_settings(json, SETTING_GLOBAL);
	add_settings(json, SETTING_START);
	add_settings(json, SETTING_SERVER);
	json_open(json, "formats", '[');
	for (const struct output_format *f = output_formats; f->name; f++)
		json_add_form(json, NULL,
			      "{'name':'%s','media_type':'%s','summary':'%s'}",
			      f->name, f->media_type, f->summary);
	json_close(json, ']');
	json_open(json, "exit_statuses", '[');
	for (const struct exit_status *s = exit_statuses; s->meaning; s++)
		json_add_form(json, NULL, "{'status':%d,'meaning':'%s'}",
			      s->status, s->meaning);
	json_close(json, ']');
}

void help_json(const struct catalog *catalog, const char *noun,
	       const struct operation *operation, struct buffer *out)
{
	struct json_maker json = { .out = out };
	const struct operation *each;

	json_open(&json, NULL, '{');
	json_add_text(&json, "program", "taskmgr");
	json_add_text(&json, "version", TASKMGR_VERSION);
	json_open(&json, "operations", '[');
	if (operation)
		add_operation(&json, operation);
	for (size_t i = 0;
	     !operation && (each = catalog_next(catalog, noun, &i));)
		add_operation(&json, each);
	json_close(&json, ']');
	if (!noun && !operation)
		add_program(&json);
	json_close(&json, '}');
	buffer_byte(out, '\n');
}

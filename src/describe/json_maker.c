#include "describe/json_maker.h"

#include <inttypes.h>
#include <stdarg.h>

#include "util/text.h"

static void begin_item(struct json_maker *json, const char *key)
{
	if (json->comma)
		buffer_byte(json->out, ',');
	json->comma = true;
	if (!key)
		return;
	text_json(json->out, key, strlen(key));
	buffer_byte(json->out, ':');
}

void json_open(struct json_maker *json, const char *key, char bracket)
{
	begin_item(json, key);
	buffer_byte(json->out, bracket);
	json->comma = false;
}

void json_close(struct json_maker *json, char bracket)
{
	buffer_byte(json->out, bracket);
	json->comma = true;
}

void json_add_text(struct json_maker *json, const char *key, const char *text)
{
	if (!text)
		return;
	begin_item(json, key);
	text_json(json->out, text, strlen(text));
}

void json_add_text_or_null(struct json_maker *json, const char *key,
			   const char *text)
{
	if (text)
		json_add_text(json, key, text);
	else
		json_add_raw(json, key, "null");
}

void json_add_integer(struct json_maker *json, const char *key, int64_t number)
{
	begin_item(json, key);
	buffer_printf(json->out, "%" PRId64, number);
}

void json_add_number(struct json_maker *json, const char *key,
		     const struct value *number)
{
	if (number && number->kind == VALUE_INTEGER) {
		json_add_integer(json, key, number->integer);
	} else if (number && number->kind == VALUE_REAL) {
		begin_item(json, key);
		buffer_real(json->out, number->real);
	}
}

void json_add_true(struct json_maker *json, const char *key)
{
	json_add_raw(json, key, "true");
}

void json_add_raw(struct json_maker *json, const char *key, const char *text)
{
	begin_item(json, key);
	buffer_text(json->out, text);
}

void json_add_form(struct json_maker *json, const char *key, const char *form,
		   ...)
{
	const char *text;
	va_list args;

	begin_item(json, key);
	va_start(args, form);
	for (; *form; form++) {
		if (*form == '\'') {
			buffer_byte(json->out, '"');
		} else if (*form != '%') {
			buffer_byte(json->out, *form);
		} else if (*++form == 's') {
			text = va_arg(args, const char *);
			text_json_inside(json->out, text, strlen(text));
		} else {
			buffer_printf(json->out, "%d", va_arg(args, int));
		}
	}
	va_end(args);
}

void json_add_ref(struct json_maker *json, const char *key, const char *path,
		  const char *name)
{
	json_add_form(json, key, JSON_REF("%s%s"), path, name);
}

/* Writes JSON piece by piece. */
#ifndef DESCRIBE_JSON_MAKER_H
#define DESCRIBE_JSON_MAKER_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buffer.h"
#include "util/value.h"

struct json_maker {
	struct buffer *out;
	bool comma; /* the next item needs one before it */
};

/*
 * Opens an object ('{') or an array ('['), and closes it ('}', ']').  Here and
 * below, key is NULL in an array and at the top.
 */
void json_open(struct json_maker *json, const char *key, char bracket);
void json_close(struct json_maker *json, char bracket);

/* Adds nothing if text is NULL, or null. */
void json_add_text(struct json_maker *json, const char *key, const char *text);
void json_add_text_or_null(struct json_maker *json, const char *key,
			   const char *text);
void json_add_integer(struct json_maker *json, const char *key, int64_t number);
/* Adds nothing if number is NULL, or neither an integer nor a real. */
void json_add_number(struct json_maker *json, const char *key,
		     const struct value *number);
void json_add_true(struct json_maker *json, const char *key);

/* text is valid JSON, added unchanged. */
void json_add_raw(struct json_maker *json, const char *key, const char *text);
/*
 * form is JSON in which ' stands for ", %s within a string for the next
 * argument, a text, and %d for an int: "{'name':'%s','status':%d}".
 */
__attribute__((format(printf, 3, 4))) void
json_add_form(struct json_maker *json, const char *key, const char *form, ...);

/* A reference to a component, for a form. */
#define JSON_REF(path) "{'$ref':'#/components/" path "'}"

/* JSON_REF of path and name as the value of key. */
void json_add_ref(struct json_maker *json, const char *key, const char *path,
		  const char *name);

#endif

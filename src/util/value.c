#include "util/value.h"

struct value value_copy(struct value value, struct arena *arena)
{
	if (value.kind == VALUE_TEXT || value.kind == VALUE_BLOB)
		value.data = arena_copy_n(arena, value.data, value.length);
	return value;
}

bool value_equal(struct value a, struct value b)
{
	if (a.kind == VALUE_INTEGER && b.kind == VALUE_REAL)
		return (double)a.integer == b.real;
	if (a.kind == VALUE_REAL && b.kind == VALUE_INTEGER)
		return value_equal(b, a);
	if (a.kind != b.kind)
		return false;
	switch (a.kind) {
	case VALUE_NULL:
		return true;
	case VALUE_INTEGER:
		return a.integer == b.integer;
	case VALUE_REAL:
		return a.real == b.real;
	case VALUE_TEXT:
	case VALUE_BLOB:
		break;
	}
	return a.length == b.length &&
	       (!a.length || memcmp(a.data, b.data, a.length) == 0);
}

const char *type_name(enum type type)
{
	static const char *const names[] = {
		[TYPE_ANY] = "any",           [TYPE_INTEGER] = "integer",
		[TYPE_REAL] = "number",       [TYPE_NUMERIC] = "number",
		[TYPE_BOOLEAN] = "boolean",   [TYPE_TEXT] = "text",
		[TYPE_DATE] = "date",         [TYPE_TIME] = "time",
		[TYPE_DATETIME] = "datetime", [TYPE_JSON] = "json",
		[TYPE_BLOB] = "base64",
	};

	return names[type];
}

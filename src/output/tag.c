#include "output/tag.h"

#include <string.h>

#include "output/format.h"
#include "util/base64.h"
#include "util/number.h"
#include "util/text.h"

static const struct tag tags[] = {
	{ .name = "$integer", .kind = VALUE_INTEGER },
	{ .name = "$real", .kind = VALUE_REAL },
	{ .name = "$text", .kind = VALUE_TEXT },
	{ .name = "$text_base64", .kind = VALUE_TEXT, .base64 = true },
	{ .name = "$base64", .kind = VALUE_BLOB, .base64 = true },
};

const struct tag *tag_find(const char *name)
{
	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++)
		if (strcmp(tags[i].name, name) == 0)
			return &tags[i];
	return NULL;
}

/* JSON text must be UTF-8, and NUL is refused. */
static bool is_json_text(struct value value)
{
	return utf8_check(value.data, value.length) == value.length &&
	       !memchr(value.data, '\0', value.length);
}

/* Whether an object's first name might be read as a tag's. */
static bool is_like_tag(const char *text)
{
	if (*text++ != '{')
		return false;
	while (text_is_space(*text))
		text++;
	return text[0] == '"' && (text[1] == '$' || text[1] == '\\');
}

/*
 * A document is written unchanged and read back byte for byte, but a number or
 * null alone is read as a value.
 */
static bool is_plain_document(struct value value, bool one_line)
{
	const char *text = value.data;
	size_t length = value.length;

	if (!json_check(text, length) || text_is_space(text[0]) ||
	    text_is_space(text[length - 1]) || is_like_tag(text))
		return false;
	if (one_line &&
	    (memchr(text, '\n', length) || memchr(text, '\r', length)))
		return false;
	return strchr("{[\"tf", text[0]);
}

static bool is_plain_text(enum type type, struct value value, bool one_line)
{
	switch (type) {
	case TYPE_ANY:
	case TYPE_TEXT:
		return is_json_text(value);
	case TYPE_DATE:
		return !check_date(value.data, value.length);
	case TYPE_TIME:
		return !check_time(value.data, value.length);
	case TYPE_DATETIME:
		return datetime_is_stored(value.data, value.length);
	case TYPE_JSON:
		return is_plain_document(value, one_line);
	case TYPE_INTEGER:
	case TYPE_REAL:
	case TYPE_NUMERIC:
	case TYPE_BOOLEAN:
	case TYPE_BLOB:
		break;
	}
	return false;
}

static bool is_plain_real(enum type type)
{
	return type == TYPE_REAL || type == TYPE_NUMERIC || type == TYPE_ANY ||
	       type == TYPE_JSON;
}

static bool is_plain_integer(enum type type, int64_t integer)
{
	return type == TYPE_INTEGER || is_plain_real(type) ||
	       (type == TYPE_BOOLEAN && (integer == 0 || integer == 1));
}

bool tag_needed(enum type type, struct value value, bool one_line)
{
	switch (value.kind) {
	case VALUE_NULL:
		return false;
	case VALUE_INTEGER:
		return !is_plain_integer(type, value.integer);
	case VALUE_REAL:
		return !is_plain_real(type);
	case VALUE_TEXT:
		return !is_plain_text(type, value, one_line);
	case VALUE_BLOB:
		break;
	}
	return type != TYPE_BLOB;
}

static void add_member(struct buffer *buffer, struct value value, bool base64)
{
	if (value.kind == VALUE_INTEGER) {
		cell_integer(buffer, value.integer);
	} else if (value.kind == VALUE_REAL) {
		cell_json_real(buffer, value.real);
	} else if (base64) {
		buffer_byte(buffer, '"');
		base64_encode(buffer, value.data, value.length);
		buffer_byte(buffer, '"');
	} else {
		text_json(buffer, value.data, value.length);
	}
}

void tag_write(struct buffer *buffer, struct value value)
{
	bool base64 = value.kind == VALUE_BLOB ||
		      (value.kind == VALUE_TEXT && !is_json_text(value));

	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
		if (tags[i].kind != value.kind || tags[i].base64 != base64)
			continue;
		buffer_printf(buffer, "{\"%s\":", tags[i].name);
		add_member(buffer, value, base64);
		buffer_byte(buffer, '}');
	}
}

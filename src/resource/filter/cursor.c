/*
 * A cursor is the sort and the values, each as a letter for its kind, its
 * length and its text, all in hexadecimal.
 */
#include "resource/filter/cursor.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "util/buffer.h"
#include "util/text.h"

static void add_item(struct buffer *out, char kind, const char *text,
		     size_t length)
{
	buffer_printf(out, "%c%zu:", kind, length);
	buffer_add(out, text, length);
}

static void add_cursor_value(struct buffer *out, struct value value)
{
	char text[40];

	switch (value.kind) {
	case VALUE_NULL:
		add_item(out, 'n', "", 0);
		return;
	case VALUE_INTEGER:
		snprintf(text, sizeof(text), "%" PRId64, value.integer);
		add_item(out, 'i', text, strlen(text));
		return;
	case VALUE_REAL:
		snprintf(text, sizeof(text), "%a", value.real);
		add_item(out, 'r', text, strlen(text));
		return;
	case VALUE_TEXT:
		add_item(out, 't', value.data, value.length);
		return;
	case VALUE_BLOB:
		add_item(out, 'b', value.data, value.length);
	}
}

const char *cursor_write(const char *sort, const struct value *values,
			 size_t count, struct arena *arena)
{
	BUFFER(plain);
	char *hex;

	add_item(&plain, 's', sort, strlen(sort));
	for (size_t i = 0; i < count; i++)
		add_cursor_value(&plain, values[i]);
	hex = arena_alloc(arena, 2 * plain.length + 1);
	*text_hex(hex, plain.data, plain.length) = '\0';
	return hex;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool from_hex(const char *text, struct buffer *out)
{
	for (; text[0] && text[1]; text += 2) {
		int high = hex_digit(text[0]), low = hex_digit(text[1]);

		if (high < 0 || low < 0)
			return false;
		buffer_byte(out, (char)(high * 16 + low));
	}
	return !*text;
}

struct cursor {
	const char *at, *end;
	struct arena *arena;
};

/* Decodes the next item; false if it is malformed. */
static bool take_item(struct cursor *cursor, char *kind, struct value *text)
{
	size_t length = 0;

	if (cursor->at == cursor->end)
		return false;
	*kind = *cursor->at++;
	while (cursor->at < cursor->end && hex_digit(*cursor->at) >= 0 &&
	       hex_digit(*cursor->at) < 10 && length < SIZE_MAX / 100)
		length = length * 10 + (size_t)hex_digit(*cursor->at++);
	if (cursor->at == cursor->end || *cursor->at++ != ':' ||
	    length > (size_t)(cursor->end - cursor->at))
		return false;
	*text = value_bytes(arena_copy_n(cursor->arena, cursor->at, length),
			    length);
	cursor->at += length;
	return true;
}

static bool take_cursor_value(struct cursor *cursor, struct value *out)
{
	char kind;

	if (!take_item(cursor, &kind, out))
		return false;
	switch (kind) {
	case 'n':
		*out = value_null();
		return true;
	case 'i':
		*out = value_integer(strtoll(out->data, NULL, 10));
		return true;
	case 'r':
		*out = value_real(strtod(out->data, NULL));
		return true;
	case 'b':
		out->kind = VALUE_BLOB;
		return true;
	default:
		return kind == 't';
	}
}

const char *cursor_read(const char *text, const char *sort,
			struct value *values, size_t count, struct arena *arena)
{
	static const char broken[] = "this is not a cursor";
	struct cursor cursor = { .arena = arena };
	struct value given;
	char kind;
	BUFFER(plain);

	if (!from_hex(text, &plain) || !plain.length)
		return broken;
	cursor.at = plain.data;
	cursor.end = plain.data + plain.length;
	if (!take_item(&cursor, &kind, &given) || kind != 's')
		return broken;
	if (strcmp(given.data, sort) != 0)
		return "this cursor is for another order";
	for (size_t i = 0; i < count; i++)
		if (!take_cursor_value(&cursor, &values[i]))
			return broken;
	return cursor.at == cursor.end ? NULL : broken;
}

/*
 * src/input must read the same from a text however it comes, and plain objects
 * of JSON must be what jansson finds.  The first byte says what reads it and
 * where it is cut.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "input/plain.h"
#include "pieces.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds, const char *what, const struct buffer *a,
		   const struct buffer *b)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n--\n%s--\n%s", what, buffer_string(a),
		buffer_string(b));
	abort();
}

static void compare_pieces(const char *text, size_t length, enum reader reader,
			   size_t cut)
{
	BUFFER(whole);
	BUFFER(pieces);

	read_whole(text, length, reader, &whole);
	if (read_pieces(text, length, cut, length / 64 + 1, reader, &pieces))
		expect(whole.length == pieces.length &&
			       memcmp(buffer_string(&whole),
				      buffer_string(&pieces),
				      whole.length) == 0,
		       "pieces differ", &whole, &pieces);
}

static bool is_same_member(const struct plain_member *member, json_t *object)
{
	json_t *value = json_object_getn(object, member->name,
					 member->name_length);
	const char first = *member->value;

	if (!value)
		return false;
	if (first == '"')
		return json_is_string(value) &&
		       json_string_length(value) == member->length - 2 &&
		       memcmp(json_string_value(value), member->value + 1,
			      member->length - 2) == 0;
	return first == 't'   ? json_is_true(value)
	       : first == 'f' ? json_is_false(value)
	       : first == 'n' ? json_is_null(value)
			      : json_is_number(value);
}

static void compare_parsers(const char *text, size_t length)
{
	struct buffer none = { 0 };
	struct plain plain;
	json_error_t error;
	json_t *object;

	if (!plain_read(&plain, text, length))
		return;
	object = json_loadb(text, plain.length, JSON_REJECT_DUPLICATES, &error);
	/* Numbers that jansson cannot hold. */
	if (!object && json_error_code(&error) == json_error_numeric_overflow)
		return;
	expect(object && json_object_size(object) == plain.count,
	       "a plain object is none", &none, &none);
	for (size_t i = 0; i < plain.count; i++)
		expect(is_same_member(&plain.members[i], object),
		       "a plain member differs", &none, &none);
	json_decref(object);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	compare_pieces((const char *)data + 1, size - 1, data[0] % READERS,
		       data[0] / READERS);
	compare_parsers((const char *)data + 1, size - 1);
	return 0;
}

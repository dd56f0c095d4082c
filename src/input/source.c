#include "input/source.h"

#include <string.h>

#include "util/text.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

const char *source_skip_space(const char *text, const char *end)
{
	while (text < end && is_space(*text))
		text++;
	return text;
}

/* After the closing quote of the string that starts at text. */
static const char *string_end(const char *text, const char *end)
{
	for (text++; text < end && *text != '"'; text++)
		if (*text == '\\')
			text++;
	return text < end ? text + 1 : end;
}

/* The end of the value that starts at text. */
static const char *source_value_end(const char *text, const char *end)
{
	size_t depth = 0;

	while (text < end) {
		if (*text == '"') {
			text = string_end(text, end);
		} else if (text_one_of(*text, "{[")) {
			depth++;
			text++;
		} else if (text_one_of(*text, "]}")) {
			depth--;
			text++;
		} else if (!depth) {
			while (text < end && !is_space(*text) &&
			       !text_one_of(*text, ",]}"))
				text++;
		} else {
			text++;
		}
		if (!depth)
			break;
	}
	return text;
}

struct json_walk source_open(const char *text, const char *end)
{
	text = source_skip_space(text, end);
	return (struct json_walk){
		.at = text + 1,
		.end = end,
		.object = *text == '{',
	};
}

bool source_next(struct json_walk *source, const char **text, size_t *length)
{
	const char *at = source_skip_space(source->at, source->end);

	if (at < source->end && *at == ',')
		at = source_skip_space(at + 1, source->end);
	if (at == source->end || text_one_of(*at, "]}"))
		return false;
	if (source->object) {
		at = source_skip_space(string_end(at, source->end),
				       source->end);
		at = source_skip_space(at + 1, source->end);
	}
	source->at = source_value_end(at, source->end);
	*text = at;
	*length = (size_t)(source->at - at);
	return true;
}

void source_compact(struct buffer *buffer, const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		const char *next = text + 1;

		if (*text == '"')
			next = string_end(text, end);
		if (!is_space(*text))
			buffer_add(buffer, text, (size_t)(next - text));
		text = next;
	}
}

static const char *skip_digits(const char *text, const char *end)
{
	while (text < end && *text >= '0' && *text <= '9')
		text++;
	return text;
}

const char *source_number_end(const char *text, const char *end)
{
	const char *at = text + (*text == '-'), *next = skip_digits(at, end);

	if (next == at || (*at == '0' && next > at + 1))
		return text;
	at = next;
	if (at < end && *at == '.') {
		next = skip_digits(at + 1, end);
		if (next == at + 1)
			return text;
		at = next;
	}
	if (at < end && text_one_of(*at, "eE")) {
		at++;
		at += at < end && text_one_of(*at, "+-");
		next = skip_digits(at, end);
		if (next == at)
			return text;
		at = next;
	}
	return at < end && text_one_of(*at, "+-.eE") ? text : at;
}

const char *source_blank_numbers(const char *text, size_t length,
				 struct arena *arena)
{
	char *copy = arena_copy_n(arena, text, length);
	const char *end = copy + length;

	for (char *at = copy; at < end;) {
		const char *next = at;

		if (*at == '"')
			next = string_end(at, end);
		else if (text_one_of(*at, "-0123456789"))
			next = source_number_end(at, end);
		if (next == at) {
			at++;
			continue;
		}
		if (*at != '"') {
			memset(at, ' ', (size_t)(next - at));
			*at = '0';
		}
		at += next - at;
	}
	return copy;
}

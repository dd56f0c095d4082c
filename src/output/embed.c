#include "output/format.h"

#include <string.h>

#include "util/text.h"

enum { DEPTH_MOST = 200 };

struct embed {
	struct buffer *out;
	const char *at, *end;
};

static bool is_next(const struct embed *in, const char *set)
{
	return in->at < in->end && *in->at && strchr(set, *in->at);
}

static void skip_space(struct embed *in)
{
	while (is_next(in, " \t\n\r"))
		in->at++;
}

/* Copies the next character, which stands for itself, if it is one of set. */
static bool take(struct embed *in, const char *set)
{
	if (!is_next(in, set))
		return false;
	buffer_byte(in->out, *in->at++);
	return true;
}

static bool take_digits(struct embed *in)
{
	if (!is_next(in, "0123456789"))
		return false;
	while (take(in, "0123456789"))
		;
	return true;
}

static bool embed_number(struct embed *in)
{
	take(in, "-");
	if (!take(in, "0") && !take_digits(in))
		return false;
	if (take(in, ".") && !take_digits(in))
		return false;
	if (!take(in, "eE"))
		return true;
	take(in, "+-");
	return take_digits(in);
}

static bool embed_word(struct embed *in, const char *word)
{
	size_t length = strlen(word);

	if ((size_t)(in->end - in->at) < length ||
	    memcmp(in->at, word, length) != 0)
		return false;
	buffer_add(in->out, word, length);
	in->at += length;
	return true;
}

static bool embed_escape(struct embed *in)
{
	if (take(in, "\"\\/bfnrt"))
		return true;
	if (!take(in, "u"))
		return false;
	for (int i = 0; i < 4; i++)
		if (!take(in, "0123456789abcdefABCDEF"))
			return false;
	return true;
}

static bool embed_string(struct embed *in)
{
	if (!take(in, "\""))
		return false;
	while (in->at < in->end) {
		size_t size;
		uint32_t code;

		if (take(in, "\""))
			return true;
		if (take(in, "\\")) {
			if (!embed_escape(in))
				return false;
			continue;
		}
		code = utf8_decode(in->at, (size_t)(in->end - in->at), &size);
		if (code < 0x20 || code == UTF8_BAD)
			return false;
		buffer_add(in->out, in->at, size);
		in->at += size;
	}
	return false;
}

static bool embed_value(struct embed *in, int depth);

static bool embed_member(struct embed *in, int depth)
{
	skip_space(in);
	if (!embed_string(in))
		return false;
	skip_space(in);
	return take(in, ":") && embed_value(in, depth);
}

/* An array or object, whose items are read by item and end with close. */
static bool embed_list(struct embed *in, int depth, const char *close,
		       bool (*item)(struct embed *, int))
{
	buffer_byte(in->out, *in->at++);
	skip_space(in);
	if (take(in, close))
		return true;
	do {
		if (!item(in, depth))
			return false;
		skip_space(in);
	} while (take(in, ","));
	return take(in, close);
}

static bool embed_value(struct embed *in, int depth)
{
	skip_space(in);
	if (in->at == in->end || depth == DEPTH_MOST)
		return false;
	switch (*in->at) {
	case '{':
		return embed_list(in, depth + 1, "}", embed_member);
	case '[':
		return embed_list(in, depth + 1, "]", embed_value);
	case '"':
		return embed_string(in);
	case 't':
		return embed_word(in, "true");
	case 'f':
		return embed_word(in, "false");
	case 'n':
		return embed_word(in, "null");
	}
	return embed_number(in);
}

bool json_embed(struct buffer *buffer, const char *text, size_t length)
{
	struct embed in = { .out = buffer, .at = text, .end = text + length };
	size_t start = buffer->length;

	if (length && embed_value(&in, 0)) {
		skip_space(&in);
		if (in.at == in.end)
			return true;
	}
	buffer->length = start;
	return false;
}

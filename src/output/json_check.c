#include "output/format.h"

#include <string.h>

#include "util/text.h"

enum { DEPTH_MOST = 200 };

struct json_scan {
	const char *at, *end;
};

static bool is_next(const struct json_scan *in, const char *set)
{
	return in->at < in->end && *in->at && strchr(set, *in->at);
}

static void skip_space(struct json_scan *in)
{
	while (is_next(in, " \t\n\r"))
		in->at++;
}

/* Skips the next character if it is one of set. */
static bool take(struct json_scan *in, const char *set)
{
	if (!is_next(in, set))
		return false;
	in->at++;
	return true;
}

static bool take_digits(struct json_scan *in)
{
	if (!is_next(in, "0123456789"))
		return false;
	while (take(in, "0123456789"))
		;
	return true;
}

static bool scan_number(struct json_scan *in)
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

static bool scan_word(struct json_scan *in, const char *word)
{
	size_t length = strlen(word);

	if ((size_t)(in->end - in->at) < length ||
	    memcmp(in->at, word, length) != 0)
		return false;
	in->at += length;
	return true;
}

/* The four digits of an escape; false if they are not there. */
static bool take_code(struct json_scan *in, unsigned *code)
{
	static const char digits[] = "0123456789abcdefABCDEF";

	*code = 0;
	for (int i = 0; i < 4; i++) {
		unsigned digit;

		if (!is_next(in, digits))
			return false;
		digit = (unsigned)(strchr(digits, *in->at++) - digits);
		*code = *code * 16 + (digit < 16 ? digit : digit - 6);
	}
	return true;
}

/* NUL and half a surrogate pair are in no text that is taken back. */
static bool scan_escape(struct json_scan *in)
{
	unsigned code, low;

	if (take(in, "\"\\/bfnrt"))
		return true;
	if (!take(in, "u") || !take_code(in, &code) || !code)
		return false;
	if (code < 0xd800 || code > 0xdfff)
		return true;
	return code < 0xdc00 && take(in, "\\") && take(in, "u") &&
	       take_code(in, &low) && low >= 0xdc00 && low <= 0xdfff;
}

static bool scan_string(struct json_scan *in)
{
	if (!take(in, "\""))
		return false;
	while (in->at < in->end) {
		size_t size;
		uint32_t code;

		if (take(in, "\""))
			return true;
		if (take(in, "\\")) {
			if (!scan_escape(in))
				return false;
			continue;
		}
		code = utf8_decode(in->at, (size_t)(in->end - in->at), &size);
		if (code < 0x20 || code == UTF8_BAD)
			return false;
		in->at += size;
	}
	return false;
}

static bool scan_value(struct json_scan *in, int depth);

static bool scan_member(struct json_scan *in, int depth)
{
	skip_space(in);
	if (!scan_string(in))
		return false;
	skip_space(in);
	return take(in, ":") && scan_value(in, depth);
}

/* An array or object, whose items are read by item and end with close. */
static bool scan_list(struct json_scan *in, int depth, const char *close,
		      bool (*item)(struct json_scan *, int))
{
	in->at++;
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

static bool scan_value(struct json_scan *in, int depth)
{
	skip_space(in);
	if (in->at == in->end || depth == DEPTH_MOST)
		return false;
	switch (*in->at) {
	case '{':
		return scan_list(in, depth + 1, "}", scan_member);
	case '[':
		return scan_list(in, depth + 1, "]", scan_value);
	case '"':
		return scan_string(in);
	case 't':
		return scan_word(in, "true");
	case 'f':
		return scan_word(in, "false");
	case 'n':
		return scan_word(in, "null");
	}
	return scan_number(in);
}

bool json_check(const char *text, size_t length)
{
	struct json_scan in = { .at = text, .end = text + length };

	if (!length || !scan_value(&in, 0))
		return false;
	skip_space(&in);
	return in.at == in.end;
}

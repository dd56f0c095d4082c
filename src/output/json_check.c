#include "output/format.h"

#include <string.h>

#include "util/text.h"

enum { MAX_DEPTH = 200 };

struct json_scan {
	const char *at, *end;
};

static bool is_one_of(const struct json_scan *in, const char *set)
{
	return in->at < in->end && text_one_of(*in->at, set);
}

static void skip_space(struct json_scan *in)
{
	while (is_one_of(in, " \t\n\r"))
		in->at++;
}

/* Skips the next character if it is one of set. */
static bool scan_one_of(struct json_scan *in, const char *set)
{
	if (!is_one_of(in, set))
		return false;
	in->at++;
	return true;
}

static bool scan_digits(struct json_scan *in)
{
	if (!is_one_of(in, "0123456789"))
		return false;
	while (scan_one_of(in, "0123456789"))
		;
	return true;
}

static bool scan_number(struct json_scan *in)
{
	scan_one_of(in, "-");
	if (!scan_one_of(in, "0") && !scan_digits(in))
		return false;
	if (scan_one_of(in, ".") && !scan_digits(in))
		return false;
	if (!scan_one_of(in, "eE"))
		return true;
	scan_one_of(in, "+-");
	return scan_digits(in);
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

/* Reads the four digits of an escape; false if they are missing. */
static bool scan_code(struct json_scan *in, unsigned *code)
{
	static const char digits[] = "0123456789abcdefABCDEF";

	*code = 0;
	for (int i = 0; i < 4; i++) {
		unsigned digit;

		if (!is_one_of(in, digits))
			return false;
		digit = (unsigned)(strchr(digits, *in->at++) - digits);
		*code = *code * 16 + (digit < 16 ? digit : digit - 6);
	}
	return true;
}

/* NUL and unpaired surrogates are refused when read back. */
static bool scan_escape(struct json_scan *in)
{
	unsigned code, low;

	if (scan_one_of(in, "\"\\/bfnrt"))
		return true;
	if (!scan_one_of(in, "u") || !scan_code(in, &code) || !code)
		return false;
	if (code < 0xd800 || code > 0xdfff)
		return true;
	return code < 0xdc00 && scan_one_of(in, "\\") && scan_one_of(in, "u") &&
	       scan_code(in, &low) && low >= 0xdc00 && low <= 0xdfff;
}

static bool scan_string(struct json_scan *in)
{
	if (!scan_one_of(in, "\""))
		return false;
	while (in->at < in->end) {
		size_t size;
		uint32_t code;

		if (scan_one_of(in, "\""))
			return true;
		if (scan_one_of(in, "\\")) {
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
	return scan_one_of(in, ":") && scan_value(in, depth);
}

/* Scans an array or object with items read by item, up to close. */
static bool scan_list(struct json_scan *in, int depth, const char *close,
		      bool (*item)(struct json_scan *, int))
{
	in->at++;
	skip_space(in);
	if (scan_one_of(in, close))
		return true;
	do {
		if (!item(in, depth))
			return false;
		skip_space(in);
	} while (scan_one_of(in, ","));
	return scan_one_of(in, close);
}

static bool scan_value(struct json_scan *in, int depth)
{
	skip_space(in);
	if (in->at == in->end || depth == MAX_DEPTH)
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

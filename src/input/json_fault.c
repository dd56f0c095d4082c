#include "input/json_fault.h"

#include <stdbool.h>
#include <string.h>

#include "util/buffer.h"
#include "util/text.h"

struct fault_scan {
	const char *text;
	size_t length, at, near;
	struct json_fault fault;
	struct buffer open; /* the brackets that are not closed yet */
};

static char peek(const struct fault_scan *scan)
{
	if (scan->at >= scan->length)
		return '\0';
	return scan->text[scan->at];
}

static bool fail_at(struct fault_scan *scan, size_t at, const char *words)
{
	scan->fault.words = words;
	scan->fault.at = at;
	return false;
}

static void skip_space(struct fault_scan *scan)
{
	while (text_is_space(peek(scan)))
		scan->at++;
}

/* The four digits of \u0041. */
static bool scan_hex(struct fault_scan *scan)
{
	const size_t start = scan->at++;

	for (int i = 0; i < 4 && text_is_hex(peek(scan)); i++)
		scan->at++;
	if (scan->at == start + 5 && scan->at < scan->length)
		return true;
	return fail_at(scan, start, "Invalid \\uXXXX escape");
}

static bool scan_escape(struct fault_scan *scan)
{
	const size_t start = scan->at++;

	if (peek(scan) == 'u')
		return scan_hex(scan);
	if (!text_one_of(peek(scan), "\"\\/bfnrt"))
		return fail_at(scan, start, "Invalid \\escape");
	scan->at++;
	return true;
}

static bool scan_string(struct fault_scan *scan)
{
	const size_t start = scan->at++;

	while (scan->at < scan->length && peek(scan) != '"') {
		if ((unsigned char)peek(scan) < ' ')
			return fail_at(scan, scan->at,
				       "Invalid control character at");
		if (peek(scan) != '\\')
			scan->at++;
		else if (scan->at + 1 == scan->length)
			break;
		else if (!scan_escape(scan))
			return false;
	}
	if (peek(scan) != '"')
		return fail_at(scan, start, "Unterminated string starting at");
	if (start < scan->near)
		scan->fault.string = start;
	scan->at++;
	return true;
}

/* Consumes one of two characters, if it is next. */
static bool take(struct fault_scan *scan, char one, char other)
{
	if (peek(scan) != one && peek(scan) != other)
		return false;
	scan->at++;
	return true;
}

static bool take_digits(struct fault_scan *scan)
{
	const size_t start = scan->at;

	while (text_is_digit(peek(scan)))
		scan->at++;
	return scan->at > start;
}

/* 1.5e-3: a fraction or an exponent without digits is not part of it. */
static bool scan_number(struct fault_scan *scan)
{
	const size_t start = scan->at;
	size_t end;

	take(scan, '-', '-');
	if (!take(scan, '0', '0') && !take_digits(scan))
		return fail_at(scan, start, "Expecting value");
	end = scan->at;
	if (take(scan, '.', '.') && take_digits(scan))
		end = scan->at;
	scan->at = end;
	if (take(scan, 'e', 'E')) {
		take(scan, '+', '-');
		if (take_digits(scan))
			end = scan->at;
	}
	scan->at = end;
	return true;
}

static bool scan_scalar(struct fault_scan *scan)
{
	static const char *const words[] = { "true", "false", "null" };
	const size_t left = scan->length - scan->at;

	if (peek(scan) == '"')
		return scan_string(scan);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const size_t length = strlen(words[i]);

		if (left < length ||
		    memcmp(scan->text + scan->at, words[i], length) != 0)
			continue;
		scan->at += length;
		return true;
	}
	return scan_number(scan);
}

/* A member's name, up to its value. */
static bool scan_name(struct fault_scan *scan)
{
	if (peek(scan) != '"')
		return fail_at(scan, scan->at,
			       "Expecting property name enclosed in double "
			       "quotes");
	if (!scan_string(scan))
		return false;
	skip_space(scan);
	if (peek(scan) != ':')
		return fail_at(scan, scan->at, "Expecting ':' delimiter");
	scan->at++;
	skip_space(scan);
	return true;
}

static char closing(char open)
{
	return open == '{' ? '}' : ']';
}

/* True if a value follows inside of the bracket. */
static bool scan_open(struct fault_scan *scan)
{
	const char open = peek(scan);

	scan->at++;
	skip_space(scan);
	if (peek(scan) == closing(open)) {
		scan->at++;
		return false;
	}
	buffer_byte(&scan->open, open);
	return open == '[' || scan_name(scan);
}

/* Reads what follows a value; true if another value follows. */
static bool scan_rest(struct fault_scan *scan)
{
	while (!scan->fault.words && scan->open.length) {
		const char open = scan->open.data[scan->open.length - 1];

		skip_space(scan);
		if (peek(scan) == closing(open)) {
			scan->open.length--;
			scan->at++;
			continue;
		}
		if (peek(scan) != ',')
			return fail_at(scan, scan->at,
				       "Expecting ',' delimiter");
		scan->at++;
		skip_space(scan);
		return open == '[' || scan_name(scan);
	}
	return false;
}

struct json_fault json_fault_find(const char *text, size_t length, size_t near)
{
	struct fault_scan scan = { .text = text,
				   .length = length,
				   .near = near,
				   .fault.string = near };
	bool more = true;

	skip_space(&scan);
	while (more) {
		if (peek(&scan) == '{' || peek(&scan) == '[')
			more = scan_open(&scan) || scan_rest(&scan);
		else
			more = scan_scalar(&scan) && scan_rest(&scan);
	}
	buffer_clear(&scan.open);
	if (!scan.fault.words)
		scan.fault.at = scan.at;
	return scan.fault;
}

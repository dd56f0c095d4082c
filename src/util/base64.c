#include "util/base64.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct buffer *buffer, const char *data, size_t length)
{
	const unsigned char *s = (const unsigned char *)data;
	size_t size = (length + 2) / 3 * 4;
	char *out = buffer_reserve(buffer, size);

	for (size_t i = 0; i < length; i += 3) {
		size_t left = length - i;
		uint32_t bits = (uint32_t)s[i] << 16;

		bits |= left > 1 ? (uint32_t)s[i + 1] << 8 : 0;
		bits |= left > 2 ? s[i + 2] : 0;
		*out++ = digits[bits >> 18];
		*out++ = digits[bits >> 12 & 63];
		*out++ = digits[bits >> 6 & 63];
		*out++ = digits[bits & 63];
	}
	if (length % 3)
		out[-1] = '=';
	if (length % 3 == 1)
		out[-2] = '=';
	*out = '\0';
	buffer->length += size;
}

static int digit_value(char c)
{
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (int)(found - digits) : -1;
}

bool base64_decode(const char *text, size_t length, struct arena *arena,
		   const char **out, size_t *out_length)
{
	char *bytes = arena_alloc(arena, length + 1);
	size_t count = 0;
	unsigned bits = 0;

	if (length % 4)
		return false;
	for (int pad = 0; pad < 2 && length && text[length - 1] == '='; pad++)
		length--;
	for (size_t i = 0; i < length; i++) {
		int digit = digit_value(text[i]);

		if (digit < 0)
			return false;
		bits = bits << 6 | (unsigned)digit;
		if (i % 4)
			bytes[count++] = (char)(bits >> (6 - i % 4 * 2) & 0xff);
	}
	*out = bytes;
	*out_length = count;
	return true;
}

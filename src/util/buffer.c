#include "util/buffer.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>

void buffer_clear(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){ .data = NULL };
}

char *buffer_grow(struct buffer *buffer, size_t extra)
{
	size_t capacity = buffer->capacity ? buffer->capacity : 256;

	if (extra >= SIZE_MAX / 4 || buffer->length >= SIZE_MAX / 4)
		abort();
	while (capacity - buffer->length <= extra)
		capacity *= 2;
	buffer->data = realloc(buffer->data, capacity);
	if (!buffer->data) {
		fputs("taskmgr: out of memory\n", stderr);
		exit(1);
	}
	buffer->capacity = capacity;
	return buffer->data + buffer->length;
}

void buffer_number(struct buffer *buffer, size_t number)
{
	char digits[24];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	buffer_add(buffer, digits + at, sizeof(digits) - at);
}

void buffer_real(struct buffer *buffer, double real)
{
	char text[32];

	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, real);
		if (strtod(text, NULL) == real)
			break;
	}
	buffer_text(buffer, text);
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
	const size_t room = buffer->capacity - buffer->length;
	va_list args, again;
	int length;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(room ? buffer->data + buffer->length : NULL, room,
			   format, args);
	va_end(args);
	assert(length >= 0);
	if ((size_t)length >= room) {
		buffer_reserve(buffer, (size_t)length);
		vsnprintf(buffer->data + buffer->length, (size_t)length + 1,
			  format, again);
	}
	va_end(again);
	buffer->length += (size_t)length;
}

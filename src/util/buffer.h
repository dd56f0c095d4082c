/*
 * Growing bytes on the heap, always followed by a NUL that is not counted.
 * BUFFER() declares a buffer that is freed at the end of its block.
 */
#ifndef UTIL_BUFFER_H
#define UTIL_BUFFER_H

#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct buffer {
	char *data; /* NULL until something is added */
	size_t length, capacity;
};

void buffer_clear(struct buffer *buffer);

/* The part of buffer_reserve for when the room is too small. */
char *buffer_grow(struct buffer *buffer, size_t extra);

/* Makes room for extra bytes after the length, and for a NUL; returns their
   address. */
static inline char *buffer_reserve(struct buffer *buffer, size_t extra)
{
	return buffer->capacity - buffer->length > extra
		       ? buffer->data + buffer->length
		       : buffer_grow(buffer, extra);
}

/* Appends a number in decimal: many times as fast as buffer_printf. */
void buffer_number(struct buffer *buffer, size_t number);

/* Appends the shortest decimal, of at least 15 digits, that is read as the same
   finite number: 0.1, 1e+300, 5. */
void buffer_real(struct buffer *buffer, double real);
void buffer_printf(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static inline void buffer_add(struct buffer *buffer, const void *data,
			      size_t length)
{
	char *room = buffer_reserve(buffer, length);

	if (length)
		memcpy(room, data, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

static inline void buffer_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

static inline void buffer_byte(struct buffer *buffer, int byte)
{
	const char c = (char)byte;

	buffer_add(buffer, &c, 1);
}

/* Appends an item of a list "a, b, c" that the buffer consists of. */
static inline void buffer_item(struct buffer *buffer, const char *text)
{
	if (buffer->length)
		buffer_text(buffer, ", ");
	buffer_text(buffer, text);
}

/* The text; "" if nothing was added. */
static inline const char *buffer_string(const struct buffer *buffer)
{
	return buffer->data ? buffer->data : "";
}

#define BUFFER(name) \
	__attribute__((cleanup(buffer_clear))) struct buffer name = { 0 }

#endif

#include "output/format.h"

#include <math.h>
#include <string.h>

#include "util/base64.h"
#include "util/text.h"

enum { MAX_DIGITS = 20 };

/* Writes a number's digits, ending before end. */
static char *put_digits(char *end, uint64_t number)
{
	static const char pairs[] =
		"00010203040506070809101112131415161718192021222324"
		"25262728293031323334353637383940414243444546474849"
		"50515253545556575859606162636465666768697071727374"
		"75767778798081828384858687888990919293949596979899";

	while (number >= 100) {
		end -= 2;
		memcpy(end, pairs + number % 100 * 2, 2);
		number /= 100;
	}
	if (number >= 10) {
		end -= 2;
		return memcpy(end, pairs + number * 2, 2);
	}
	*--end = (char)('0' + number);
	return end;
}

void cell_integer(struct buffer *buffer, int64_t integer)
{
	char digits[MAX_DIGITS + 1], *end = digits + sizeof(digits);
	uint64_t size = (uint64_t)integer;
	char *start = put_digits(end, integer < 0 ? 0 - size : size);

	if (integer < 0)
		*--start = '-';
	buffer_add(buffer, start, (size_t)(end - start));
}

static void add_decimal(struct buffer *buffer, uint64_t digits, uint64_t scale,
			size_t decimals)
{
	char text[2 * MAX_DIGITS], *end = text + sizeof(text), *start;

	/* Adding scale keeps the decimals' leading zeros. */
	start = put_digits(end, decimals ? scale + digits % scale : 10);
	*start = '.';
	start = put_digits(start, digits / scale);
	buffer_add(buffer, start, (size_t)(end - start));
}

/*
 * Most reals that people enter have few decimals.  The quotient of two
 * integers below 2^53 is rounded correctly, so where it gives the real again
 * the integer's digits are its decimal; with 15 of them there is no other.
 */
static bool add_short_real(struct buffer *buffer, double real)
{
	double size = fabs(real);
	uint64_t scale = 1;

	if (!(size >= 1e-3 && size < 1e15))
		return false;
	for (size_t decimals = 0; decimals <= 6; decimals++, scale *= 10) {
		double scaled = size * (double)scale;
		uint64_t digits = (uint64_t)(scaled + 0.5);

		if (scaled >= 1e15)
			return false;
		if ((double)digits / (double)scale != size)
			continue;
		if (real < 0)
			buffer_byte(buffer, '-');
		add_decimal(buffer, digits, scale, decimals);
		return true;
	}
	return false;
}

void cell_real(struct buffer *buffer, double real)
{
	const size_t start = buffer->length;

	if (isnan(real)) {
		buffer_text(buffer, "NaN");
		return;
	}
	if (isinf(real)) {
		buffer_text(buffer, real < 0 ? "-Infinity" : "Infinity");
		return;
	}
	if (add_short_real(buffer, real))
		return;
	buffer_real(buffer, real);
	if (!strpbrk(buffer->data + start, ".e"))
		buffer_text(buffer, ".0");
}

/* "false" or "true" for 0 or 1 in a BOOLEAN column; otherwise NULL. */
static const char *cell_boolean(const struct output_column *column,
				struct value value)
{
	if (column->type != TYPE_BOOLEAN || value.kind != VALUE_INTEGER)
		return NULL;
	if (value.integer == 0)
		return "false";
	return value.integer == 1 ? "true" : NULL;
}

void cell_value(struct buffer *buffer, const struct output_column *column,
		struct value value, cell_add *add)
{
	const char *boolean = cell_boolean(column, value);

	switch (value.kind) {
	case VALUE_NULL:
		return;
	case VALUE_INTEGER:
		if (boolean)
			buffer_text(buffer, boolean);
		else
			cell_integer(buffer, value.integer);
		return;
	case VALUE_REAL:
		cell_real(buffer, value.real);
		return;
	case VALUE_TEXT:
		add(buffer, value.data, value.length);
		return;
	case VALUE_BLOB:
		base64_encode(buffer, value.data, value.length);
		return;
	}
}

void cell_line(struct writer *writer, const struct value *values,
	       const char *null, cell_add *add)
{
	struct buffer *buffer = writer_buffer(writer);

	for (size_t i = 0; i < writer->ncolumns; i++) {
		if (i)
			buffer_byte(buffer, '\t');
		if (values[i].kind == VALUE_NULL)
			buffer_text(buffer, null);
		else
			cell_value(buffer, writer->columns[i], values[i], add);
	}
	buffer_byte(buffer, '\n');
}

void cell_visible(struct buffer *buffer, const char *text, size_t length)
{
	const char *end = text + length, *slash;

	while (text < end &&
	       (slash = memchr(text, '\\', (size_t)(end - text)))) {
		text_visible(buffer, text, (size_t)(slash - text));
		buffer_text(buffer, "\\\\");
		text = slash + 1;
	}
	text_visible(buffer, text, (size_t)(end - text));
}

size_t cell_width(const char *text, size_t length)
{
	const char *end = text + length, *p = text;
	size_t width = text_width(text, length);

	while (p < end && (p = memchr(p, '\\', (size_t)(end - p)))) {
		width++;
		p++;
	}
	return width;
}

bool type_is_number(enum type type)
{
	return type == TYPE_INTEGER || type == TYPE_REAL ||
	       type == TYPE_NUMERIC;
}

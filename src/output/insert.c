/* SQL that inserts the rows again: one INSERT for each. */
#include "output/format.h"

#include <math.h>
#include <stdlib.h>

static void add_name(struct buffer *buffer, const char *name)
{
	buffer_byte(buffer, '"');
	for (; *name; name++) {
		if (*name == '"')
			buffer_byte(buffer, '"');
		buffer_byte(buffer, *name);
	}
	buffer_byte(buffer, '"');
}

static void add_hex(struct buffer *buffer, struct value value)
{
	static const char digits[] = "0123456789ABCDEF";

	buffer_text(buffer, "X'");
	for (size_t i = 0; i < value.length; i++) {
		const unsigned char byte = (unsigned char)value.data[i];

		buffer_byte(buffer, digits[byte >> 4]);
		buffer_byte(buffer, digits[byte & 15]);
	}
	buffer_byte(buffer, '\'');
}

/* SQL's text ends at a NUL, so such text is made of its bytes. */
static void add_text_literal(struct buffer *buffer, struct value value)
{
	if (value.length && memchr(value.data, '\0', value.length)) {
		buffer_text(buffer, "CAST(");
		add_hex(buffer, value);
		buffer_text(buffer, " AS TEXT)");
		return;
	}
	buffer_byte(buffer, '\'');
	for (size_t i = 0; i < value.length; i++) {
		if (value.data[i] == '\'')
			buffer_byte(buffer, '\'');
		buffer_byte(buffer, value.data[i]);
	}
	buffer_byte(buffer, '\'');
}

/* How far the next larger real is from a positive one. */
static double spacing(double real)
{
	uint64_t bits;
	double next;

	memcpy(&bits, &real, sizeof(bits));
	bits++;
	memcpy(&next, &bits, sizeof(next));
	return next - real;
}

/*
 * SQLite rounds a decimal twice, so one that is almost halfway to the next real
 * may become that: it gets more digits.
 */
static void add_decimal(struct buffer *buffer, double real)
{
	const size_t start = buffer->length;
	long double apart;

	cell_real(buffer, real);
	apart = fabsl(strtold(buffer->data + start, NULL) - real);
	if (apart < 0.49L * spacing(fabs(real)))
		return;
	buffer->length = start;
	buffer_printf(buffer, "%.17g", real);
}

/* SQLite reads exponents below -307 inexactly; a power of two is exact. */
static void add_real(struct buffer *buffer, double real)
{
	static const double least = 1e-290, scale = 0x1p512;

	if (isinf(real)) {
		buffer_text(buffer, real < 0 ? "-9e999" : "9e999");
	} else if (real == 0 || fabs(real) >= least) {
		add_decimal(buffer, real);
	} else {
		add_decimal(buffer, real * scale);
		buffer_byte(buffer, '/');
		add_decimal(buffer, scale);
	}
}

static void add_value(struct buffer *buffer, struct value value)
{
	switch (value.kind) {
	case VALUE_NULL:
		buffer_text(buffer, "NULL");
		return;
	case VALUE_INTEGER:
		/* The digits alone would be a real: they are negated. */
		if (value.integer == INT64_MIN)
			buffer_text(buffer, "-9223372036854775807-1");
		else
			cell_integer(buffer, value.integer);
		return;
	case VALUE_REAL:
		add_real(buffer, value.real);
		return;
	case VALUE_TEXT:
		add_text_literal(buffer, value);
		return;
	case VALUE_BLOB:
		add_hex(buffer, value);
		return;
	}
}

enum status insert_row(struct writer *writer, const struct value *values,
		       struct error *e)
{
	struct buffer *buffer = writer_buffer(writer);
	const char *table = writer->options->table;

	(void)e;
	buffer_text(buffer, "INSERT INTO ");
	add_name(buffer, table ? table : "result");
	for (size_t i = 0; i < writer->ncolumns; i++) {
		buffer_text(buffer, i ? "," : " (");
		add_name(buffer, writer->columns[i]->name);
	}
	buffer_text(buffer, ") VALUES (");
	for (size_t i = 0; i < writer->ncolumns; i++) {
		if (i)
			buffer_byte(buffer, ',');
		add_value(buffer, values[i]);
	}
	buffer_text(buffer, ");\n");
	return OK;
}

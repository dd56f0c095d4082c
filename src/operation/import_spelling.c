/* Dates and numbers as spreadsheets write them, in the spelling of SQL. */
#include "operation/convert.h"
#include "operation/import.h"
#include "util/text.h"

static size_t count_digits(const char *text, const char *end)
{
	size_t n = 0;

	while (text + n < end && text[n] >= '0' && text[n] <= '9')
		n++;
	return n;
}

/* Reads a number of at most most digits at *at; false if it has another form. */
static bool read_part(const char **at, const char *end, size_t most, int *out)
{
	const size_t n = count_digits(*at, end);

	*out = 0;
	for (size_t i = 0; n <= most && i < n; i++)
		*out = *out * 10 + *(*at)++ - '0';
	return n && n <= most;
}

static struct raw raw_text(const struct buffer *text, struct arena *arena)
{
	return (struct raw){
		.text = arena_copy_n(arena, buffer_string(text), text->length),
		.length = text->length,
	};
}

/* 31.12.1990 in the order "dmy" is 1990-12-31; what follows it is kept. */
static struct raw spell_date(const char *order, struct raw raw,
			     struct arena *arena)
{
	const char *at = raw.text, *end = at + raw.length;
	int year = 0, month = 0, day = 0;
	char separator = '\0';
	BUFFER(out);

	for (const char *unit = order; *unit; unit++) {
		const char *start;
		int *part = *unit == 'y' ? &year : *unit == 'm' ? &month : &day;

		if (unit > order && (at == end || !text_one_of(*at, "./-") ||
				     (separator && *at != separator)))
			return raw;
		if (unit > order)
			separator = *at++;
		start = at;
		if (!read_part(&at, end, *unit == 'y' ? 4 : 2, part) ||
		    (*unit == 'y' && at - start != 4))
			return raw;
	}
	buffer_printf(&out, "%04d-%02d-%02d", year, month, day);
	buffer_add(&out, at, (size_t)(end - at));
	return raw_text(&out, arena);
}

/*
 * 1.234,50 with a decimal comma is 1234.50.  What separates thousands must be
 * between up to three digits and three; elsewhere it becomes a comma, which no
 * number has.
 */
static struct raw spell_number(char decimal, struct raw raw,
			       struct arena *arena)
{
	const char *at = raw.text, *end = at + raw.length;
	size_t digits = 0; /* before at */
	bool fraction = false;
	BUFFER(out);

	for (; at < end; at++) {
		bool groups = !fraction && digits && digits <= 3 &&
			      count_digits(at + 1, end) == 3;

		if (*at == decimal && !fraction)
			buffer_byte(&out, '.');
		else if (!text_one_of(*at, ",.' "))
			buffer_byte(&out, *at);
		else if (!groups)
			buffer_byte(&out, ',');
		fraction |= *at == decimal;
		digits = *at >= '0' && *at <= '9' ? digits + 1 : 0;
	}
	return raw_text(&out, arena);
}

struct raw import_respell(const struct import *import,
			  const struct parameter *p, struct raw raw,
			  struct arena *arena)
{
	const bool date = p->type == TYPE_DATE || p->type == TYPE_DATETIME;
	const bool number = p->type == TYPE_INTEGER || p->type == TYPE_REAL ||
			    p->type == TYPE_NUMERIC;

	if (date && import->dates)
		return spell_date(import->dates, raw, arena);
	if (number && import->decimal)
		return spell_number(import->decimal, raw, arena);
	return raw;
}

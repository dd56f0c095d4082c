#include "util/number.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "util/buffer.h"
#include "util/text.h"

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The text without the blanks around it. */
static void strip_blanks(const char **text, size_t *length)
{
	while (*length && is_blank(**text)) {
		++*text;
		--*length;
	}
	while (*length && is_blank((*text)[*length - 1]))
		--*length;
}

/* A fraction of zeros: ".", ".0", ".00" */
static bool is_zero_fraction(const char *text, size_t length)
{
	if (!length)
		return true;
	if (text[0] != '.')
		return false;
	for (size_t i = 1; i < length; i++)
		if (text[i] != '0')
			return false;
	return true;
}

enum parsed parse_integer(const char *text, size_t length, int64_t *out)
{
	bool negative = false, large = false;
	uint64_t number = 0;
	size_t i = 0;

	strip_blanks(&text, &length);
	if (length && (text[0] == '-' || text[0] == '+'))
		negative = text[i++] == '-';
	if (i == length || !text_is_digit(text[i]))
		return PARSED_NOT;
	for (; i < length; i++) {
		if (text[i] == '_' && i + 1 < length &&
		    text_is_digit(text[i + 1]) && text_is_digit(text[i - 1]))
			continue;
		if (!text_is_digit(text[i]))
			break;
		large |= __builtin_mul_overflow(number, 10u, &number);
		large |= __builtin_add_overflow(
			number, (unsigned)(text[i] - '0'), &number);
	}
	if (!is_zero_fraction(text + i, length - i))
		return PARSED_NOT;
	if (large || number > (uint64_t)INT64_MAX + negative)
		return PARSED_TOO_LARGE;
	*out = negative ? (int64_t)(0 - number) : (int64_t)number;
	return PARSED;
}

static bool is_word(const char *text, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(text, word, length) == 0;
}

static bool is_infinity(const char *text, size_t length)
{
	if (length && *text == '-') {
		text++;
		length--;
	}
	return is_word(text, length, "9e999") ||
	       is_word(text, length, "Infinity");
}

enum parsed parse_real(const char *text, size_t length, double *out)
{
	char *end;
	BUFFER(copy);

	strip_blanks(&text, &length);
	if (is_infinity(text, length)) {
		*out = *text == '-' ? -INFINITY : INFINITY;
		return PARSED;
	}
	for (size_t i = 0; i < length; i++)
		if (!text_is_digit(text[i]) && !text_one_of(text[i], "+-.eE"))
			return PARSED_NOT;
	buffer_add(&copy, text, length);
	/* The locale is never set, so the point is a point. */
	*out = strtod(copy.data, &end);
	if (end == copy.data || *end)
		return PARSED_NOT;
	return isfinite(*out) ? PARSED : PARSED_TOO_LARGE;
}

/* A decimal without redundant zeros: 1.50e3 is the digits 15, times 10^2. */
struct decimal {
	struct buffer digits;
	long exponent;
};

static void read_decimal(const char *text, struct decimal *out)
{
	struct buffer *digits = &out->digits;
	bool fraction = false;

	*out = (struct decimal){ .exponent = 0 };
	for (; *text && *text != 'e' && *text != 'E'; text++) {
		fraction |= *text == '.';
		if (!text_is_digit(*text))
			continue;
		if (*text != '0' || digits->length)
			buffer_byte(digits, *text);
		out->exponent -= fraction;
	}
	if (*text)
		out->exponent += strtol(text + 1, NULL, 10);
	while (digits->length && digits->data[digits->length - 1] == '0') {
		digits->length--;
		out->exponent++;
	}
	if (!digits->length)
		out->exponent = 0;
}

static bool says_same(const char *a, const char *b)
{
	struct decimal x, y;
	bool same;

	read_decimal(a, &x);
	read_decimal(b, &y);
	same = x.exponent == y.exponent && x.digits.length == y.digits.length &&
	       (!x.digits.length ||
		memcmp(x.digits.data, y.digits.data, x.digits.length) == 0);
	buffer_clear(&x.digits);
	buffer_clear(&y.digits);
	return same;
}

bool real_is_exact(const char *text, size_t length, double real)
{
	char printed[64];
	bool exact = isinf(real);
	BUFFER(copy);

	strip_blanks(&text, &length);
	buffer_add(&copy, text, length);
	for (int digits = 15; digits <= 17 && !exact; digits++) {
		snprintf(printed, sizeof(printed), "%.*g", digits, real);
		exact = strtod(printed, NULL) == real &&
			says_same(buffer_string(&copy), printed);
	}
	return exact;
}

enum parsed parse_boolean(const char *text, size_t length, bool *out)
{
	static const char *const words[] = {
		"0",  "1",   "f",   "t",  "n",     "y",
		"no", "yes", "off", "on", "false", "true",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strlen(words[i]) == length &&
		    strncasecmp(words[i], text, length) == 0) {
			*out = i % 2;
			return PARSED;
		}
	}
	return PARSED_NOT;
}

/* Reads count digits as a number; -1 if they are missing. */
static int read_digits(const char **text, const char *end, int count)
{
	int number = 0;

	for (int i = 0; i < count; i++, ++*text) {
		if (*text == end || !text_is_digit(**text))
			return -1;
		number = number * 10 + (**text - '0');
	}
	return number;
}

static bool skip_one_of(const char **text, const char *end, const char *any)
{
	if (*text == end || !text_one_of(**text, any))
		return false;
	++*text;
	return true;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	bool leap;

	assert(month >= 1 && month <= 12);
	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static const char *read_date(const char **text, const char *end)
{
	int year = read_digits(text, end, 4), month, day;

	if (year < 0)
		return "invalid character in year";
	if (!skip_one_of(text, end, "-"))
		return "invalid date separator, expected `-`";
	month = read_digits(text, end, 2);
	if (month < 0)
		return "invalid character in month";
	if (month < 1 || month > 12)
		return "month value is outside expected range of 1-12";
	if (!skip_one_of(text, end, "-"))
		return "invalid date separator, expected `-`";
	day = read_digits(text, end, 2);
	if (day < 0)
		return "invalid character in day";
	return day < 1 || day > month_days(year, month)
		       ? "day value is outside expected range"
		       : NULL;
}

static const char *read_time(const char **text, const char *end)
{
	int hour = read_digits(text, end, 2), minute, second = 0;

	if (hour < 0 || hour > 23)
		return "hour value is outside expected range of 0-23";
	if (!skip_one_of(text, end, ":"))
		return "invalid time separator, expected `:`";
	minute = read_digits(text, end, 2);
	if (minute < 0 || minute > 59)
		return "minute value is outside expected range of 0-59";
	if (skip_one_of(text, end, ":"))
		second = read_digits(text, end, 2);
	if (second < 0 || second > 59)
		return "second value is outside expected range of 0-59";
	if (skip_one_of(text, end, ".")) {
		if (read_digits(text, end, 1) < 0)
			return "second fraction is missing";
		while (*text != end && text_is_digit(**text))
			++*text;
	}
	return NULL;
}

static const char *read_zone(const char **text, const char *end)
{
	int hour, minute;

	if (*text == end)
		return NULL;
	while (skip_one_of(text, end, " "))
		;
	if (skip_one_of(text, end, "Zz"))
		return NULL;
	if (!skip_one_of(text, end, "+-"))
		return "unexpected extra characters at the end of the input";
	hour = read_digits(text, end, 2);
	skip_one_of(text, end, ":");
	minute = read_digits(text, end, 2);
	return hour < 0 || hour > 23 || minute < 0 || minute > 59
		       ? "invalid timezone offset"
		       : NULL;
}

static const char *check_end(const char *text, const char *end)
{
	return text == end
		       ? NULL
		       : "unexpected extra characters at the end of the input";
}

const char *check_date(const char *text, size_t length)
{
	const char *end = text + length;
	const char *wrong = read_date(&text, end);

	return wrong ? wrong : check_end(text, end);
}

const char *check_time(const char *text, size_t length)
{
	const char *end = text + length;
	const char *wrong = read_time(&text, end);

	if (!wrong)
		wrong = read_zone(&text, end);
	return wrong ? wrong : check_end(text, end);
}

const char *check_datetime(const char *text, size_t length)
{
	const char *end = text + length;
	const char *wrong = read_date(&text, end);

	if (wrong || text == end)
		return wrong;
	if (!skip_one_of(&text, end, "Tt "))
		return "invalid datetime separator, expected `T` or space";
	wrong = read_time(&text, end);
	if (!wrong)
		wrong = read_zone(&text, end);
	return wrong ? wrong : check_end(text, end);
}

enum { DATE_LENGTH = 10, MINUTES_LENGTH = 16 };

/* The offset of a datetime's zone; length if it has none. */
static size_t find_zone(const char *text, size_t length)
{
	size_t i = DATE_LENGTH + 1;

	while (i < length &&
	       (text_is_digit(text[i]) || text_one_of(text[i], ":.")))
		i++;
	return i < length ? i : length;
}

bool datetime_is_stored(const char *text, size_t length)
{
	if (check_datetime(text, length))
		return false;
	return length == DATE_LENGTH ||
	       (text[DATE_LENGTH] == ' ' && find_zone(text, length) == length);
}

/* The minutes that a zone, "Z" or "+02:00", is ahead of UTC. */
static int zone_minutes(const char *text, const char *end)
{
	int hours, sign;

	while (skip_one_of(&text, end, " "))
		;
	if (text == end || skip_one_of(&text, end, "Zz"))
		return 0;
	sign = *text++ == '-' ? -1 : 1;
	hours = read_digits(&text, end, 2);
	skip_one_of(&text, end, ":");
	return sign * (hours * 60 + read_digits(&text, end, 2));
}

/* Moves a date by one day; false outside the years 0 to 9999. */
static bool shift_day(int *year, int *month, int *day, int step)
{
	*day += step;
	if (*day < 1) {
		*month -= 1;
		if (*month < 1) {
			*month = 12;
			*year -= 1;
		}
		*day = month_days(*year, *month);
	} else if (*day > month_days(*year, *month)) {
		*day = 1;
		*month += 1;
		if (*month > 12) {
			*month = 1;
			*year += 1;
		}
	}
	return *year >= 0 && *year <= 9999;
}

const char *datetime_store(const char *text, size_t length, struct arena *arena)
{
	enum { DAY = 24 * 60 };
	const char *end = text + length, *at = text;
	int year = read_digits(&at, end, 4), month, day, minutes, step;
	size_t zone;

	if (length == DATE_LENGTH)
		return arena_copy_n(arena, text, length);
	at++;
	month = read_digits(&at, end, 2);
	at++;
	day = read_digits(&at, end, 2);
	at++;
	minutes = read_digits(&at, end, 2) * 60;
	at++;
	minutes += read_digits(&at, end, 2);
	zone = find_zone(text, length);
	minutes -= zone_minutes(text + zone, end);
	step = minutes < 0 ? -1 : minutes >= DAY ? 1 : 0;
	minutes -= step * DAY;
	if (step && !shift_day(&year, &month, &day, step))
		return NULL;
	return arena_printf(arena, "%04d-%02d-%02d %02d:%02d%.*s", year, month,
			    day, minutes / 60, minutes % 60,
			    (int)(zone - MINUTES_LENGTH),
			    text + MINUTES_LENGTH);
}

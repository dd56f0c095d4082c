/* Parses numbers and times as leniently as Pydantic 2. */
#ifndef UTIL_NUMBER_H
#define UTIL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/arena.h"

enum parsed { PARSED, PARSED_NOT, PARSED_TOO_LARGE };

/*
 * Parses " +4_000 " and "40.0": blanks around, a sign, digits with single
 * underscores between, a fraction of zeros.
 */
enum parsed parse_integer(const char *text, size_t length, int64_t *out);

/*
 * Parses a decimal number with optional exponent, or Infinity or -Infinity as
 * in CSV and tables; not hexadecimal, inf or nan.  A number that is too large
 * is PARSED_TOO_LARGE, except 9e999, which is infinity in JSON.
 */
enum parsed parse_real(const char *text, size_t length, double *out);

/*
 * Whether real is exactly the number in text and not just near it: printing
 * real with 15, 16 or 17 digits gives the same number.
 */
bool real_is_exact(const char *text, size_t length, double real);

/* True for 1 on t true y yes, false for 0 off f false n no, in any case. */
enum parsed parse_boolean(const char *text, size_t length, bool *out);

/*
 * Checks ISO 8601 in RFC 3339's profile: "2026-12-24", "11:07[:02[.5]]", and
 * both joined by T or a blank with an optional zone.  NULL if valid, otherwise
 * the error.
 */
const char *check_date(const char *text, size_t length);
const char *check_time(const char *text, size_t length);
const char *check_datetime(const char *text, size_t length);

/*
 * Whether text is a date and time in the one stored form (a blank, no zone), in
 * which text order is time order.
 */
bool datetime_is_stored(const char *text, size_t length);

/*
 * Converts text that check_datetime accepts to the stored form, in UTC if it
 * has a zone; in arena.  NULL outside the years 0 to 9999.
 */
const char *datetime_store(const char *text, size_t length,
			   struct arena *arena);

#endif

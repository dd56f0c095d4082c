/* Numbers and times as text, in Pydantic 2's lax spelling. */
#ifndef UTIL_NUMBER_H
#define UTIL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/arena.h"

enum parsed { PARSED, PARSED_NOT, PARSED_TOO_LARGE };

/*
 * " +4_000 " and "40.0": blanks around, a sign, digits with single
 * underscores between, a fraction of zeros.
 */
enum parsed parse_integer(const char *text, size_t length, int64_t *out);

/*
 * A decimal number with optional exponent, or Infinity with or without minus as
 * CSV and tables have it; not hexadecimal, inf or nan.  A number that is too
 * large is PARSED_TOO_LARGE, but 9e999, which is how JSON writes infinity.
 */
enum parsed parse_real(const char *text, size_t length, double *out);

/*
 * Whether real is the number that the text says, not one near it: the same
 * digits as one of the ways to print real in 15 to 17 of them.
 */
bool real_is_exact(const char *text, size_t length, double real);

/* 1 on t true y yes, 0 off f false n no, in any case. */
enum parsed parse_boolean(const char *text, size_t length, bool *out);

/*
 * ISO 8601 as RFC 3339 profiles it: "2026-12-24", "11:07[:02[.5]]", and both
 * joined by T or a blank with an optional zone.  NULL if it is one, else what
 * is wrong.
 */
const char *check_date(const char *text, size_t length);
const char *check_time(const char *text, size_t length);
const char *check_datetime(const char *text, size_t length);

/*
 * Whether a text is a date and time in the one spelling that is stored, so
 * that the order of texts is that of times: a blank and no zone.
 */
bool datetime_is_stored(const char *text, size_t length);

/*
 * That spelling of a text that check_datetime accepts, in UTC where it has a
 * zone; in arena.  NULL if that is outside the years 0 to 9999.
 */
const char *datetime_store(const char *text, size_t length,
			   struct arena *arena);

#endif

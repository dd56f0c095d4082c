/* Numbers and times as text, in Pydantic 2's lax spelling. */
#ifndef UTIL_NUMBER_H
#define UTIL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum parsed { PARSED, PARSED_NOT, PARSED_TOO_LARGE };

/*
 * " +4_000 " and "40.0": blanks around, a sign, digits with single
 * underscores between, a fraction of zeros.
 */
enum parsed parse_integer(const char *text, size_t length, int64_t *out);

/* A decimal number with optional exponent; not hexadecimal, inf or nan. */
enum parsed parse_real(const char *text, size_t length, double *out);

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

#endif

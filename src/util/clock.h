/* The time of day, in UTC, as the formats that are stored and shown. */
#ifndef UTIL_CLOCK_H
#define UTIL_CLOCK_H

#include <stdint.h>

#include "util/arena.h"

/*
 * Microseconds since 1970.  SOURCE_DATE_EPOCH (reproducible-builds.org), in
 * seconds, fixes it, which the tests use.
 */
int64_t clock_now(void);

/* Microseconds that only go up, for durations. */
int64_t clock_ticks(void);

/* "2026-11-22 11:07:02" of a time in microseconds. */
const char *clock_text(struct arena *arena, int64_t microseconds);

#endif

/* The time of day, in UTC, and its stored and displayed format. */
#ifndef UTIL_CLOCK_H
#define UTIL_CLOCK_H

#include <stdint.h>

#include "util/arena.h"

/*
 * Microseconds since 1970; SOURCE_DATE_EPOCH (reproducible-builds.org), in
 * seconds, fixes it for tests.
 */
int64_t clock_now(void);

/* Monotonic microseconds, for durations. */
int64_t clock_ticks(void);

/* A time in microseconds as "2026-11-22 11:07:02". */
const char *clock_text(struct arena *arena, int64_t microseconds);

#endif

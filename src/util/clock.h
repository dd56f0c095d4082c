/* The time of day, in UTC, and its stored and displayed format. */
#ifndef UTIL_CLOCK_H
#define UTIL_CLOCK_H

#include <stdbool.h>
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

/* When to show progress: after half a second, then ten times a second. */
struct pace {
	int64_t began, shown; /* ticks; shown 0: nothing was */
};

void pace_begin(struct pace *pace);

/* Whether it is time; if so, *spent is the microseconds since the beginning. */
bool pace_is_due(struct pace *pace, int64_t *spent);

/* "40 %, 3 s left", with part (above 0, at most 1) done; in arena. */
const char *pace_text(double part, int64_t spent, struct arena *arena);

#endif

#include "util/clock.h"

#include <stdlib.h>
#include <time.h>

enum { MICROSECONDS = 1000000 };
enum { SHOW_AFTER = 500000, SHOW_EVERY = 100000 };

static int64_t clock_read(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * MICROSECONDS + now.tv_nsec / 1000;
}

/* The specification allows only decimal digits; ignore anything else. */
static bool clock_fixed(int64_t *out)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	long long seconds;
	char *end;

	if (!text || *text < '0' || *text > '9')
		return false;
	seconds = strtoll(text, &end, 10);
	if (*end || seconds > INT64_MAX / MICROSECONDS)
		return false;
	*out = seconds * MICROSECONDS;
	return true;
}

int64_t clock_now(void)
{
	int64_t fixed;

	return clock_fixed(&fixed) ? fixed : clock_read(CLOCK_REALTIME);
}

int64_t clock_ticks(void)
{
	return clock_read(CLOCK_MONOTONIC);
}

const char *clock_text(struct arena *arena, int64_t microseconds)
{
	time_t seconds = microseconds / MICROSECONDS;
	struct tm tm = { 0 };

	if (microseconds % MICROSECONDS < 0)
		seconds--;
	gmtime_r(&seconds, &tm);
	return arena_printf(arena, "%04d-%02d-%02d %02d:%02d:%02d",
			    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
			    tm.tm_hour, tm.tm_min, tm.tm_sec);
}

void pace_begin(struct pace *pace)
{
	*pace = (struct pace){ .began = clock_ticks() };
}

bool pace_is_due(struct pace *pace, int64_t *spent)
{
	const int64_t now = clock_ticks();

	*spent = now - pace->began;
	if (*spent < SHOW_AFTER || now - pace->shown < SHOW_EVERY)
		return false;
	pace->shown = now;
	return true;
}

const char *pace_text(double part, int64_t spent, struct arena *arena)
{
	return arena_printf(arena, "%d %%, %.0f s left", (int)(part * 100),
			    (double)spent * (1 - part) / part / MICROSECONDS);
}

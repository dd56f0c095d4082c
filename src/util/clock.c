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

static void write_digits(char *out, int number, int count)
{
	for (int i = count; i-- > 0; number /= 10)
		out[i] = (char)('0' + number % 10);
}

/* A year of four digits: ten times as fast as printf. */
static const char *usual_text(struct arena *arena, const struct tm *tm)
{
	char *text = arena_copy(arena, "0000-00-00 00:00:00");

	write_digits(text, tm->tm_year + 1900, 4);
	write_digits(text + 5, tm->tm_mon + 1, 2);
	write_digits(text + 8, tm->tm_mday, 2);
	write_digits(text + 11, tm->tm_hour, 2);
	write_digits(text + 14, tm->tm_min, 2);
	write_digits(text + 17, tm->tm_sec, 2);
	return text;
}

const char *clock_text(struct arena *arena, int64_t microseconds)
{
	time_t seconds = microseconds / MICROSECONDS;
	struct tm tm = { 0 };

	if (microseconds % MICROSECONDS < 0)
		seconds--;
	gmtime_r(&seconds, &tm);
	if (tm.tm_year >= 0 && tm.tm_year < 8100)
		return usual_text(arena, &tm);
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

/* Dates and times relative to now, in UTC as stored times are. */
#include <string.h>
#include <strings.h>

#include "resource/filter/filter.h"
#include "util/clock.h"

enum { DATE_LENGTH = 10, HOUR = 3600, DAY = 24 * HOUR, DIGITS = 5 };

static const struct {
	const char *word;
	int days;
	bool exact; /* to the second */
} words[] = {
	{ "now", 0, true },
	{ "today", 0, false },
	{ "yesterday", -1, false },
	{ "tomorrow", 1, false },
};

/* Reads "-7d", "+2w" or "-12h"; false if word has another form. */
static bool read_distance(const char *word, int64_t *seconds, bool *exact)
{
	const int64_t sign = *word == '-' ? -1 : 1;
	const size_t length = strspn(word + (*word != '\0'), "0123456789");
	const char *unit = word + length + 1;

	if ((*word != '-' && *word != '+') || !length || length > DIGITS ||
	    !*unit || unit[1] || !strchr("hdw", *unit))
		return false;
	*exact = *unit == 'h';
	*seconds = sign * (*unit == 'h' ? HOUR : *unit == 'd' ? DAY : 7 * DAY);
	*seconds *= strtol(word + 1, NULL, 10);
	return true;
}

static bool read_word(const char *word, int64_t *seconds, bool *exact)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcasecmp(words[i].word, word) != 0)
			continue;
		*seconds = words[i].days * (int64_t)DAY;
		*exact = words[i].exact;
		return true;
	}
	return read_distance(word, seconds, exact);
}

const char *filter_relative(const char *word, enum type type,
			    struct arena *arena)
{
	enum { MICROSECONDS = 1000000 };
	int64_t seconds;
	const char *text;
	bool exact;

	if ((type != TYPE_DATE && type != TYPE_DATETIME) ||
	    !read_word(word, &seconds, &exact))
		return word;
	text = clock_text(arena, clock_now() + seconds * MICROSECONDS);
	return exact && type == TYPE_DATETIME
		       ? text
		       : arena_copy_n(arena, text, DATE_LENGTH);
}

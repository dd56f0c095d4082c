#include "resource/text/slug.h"

#include <stdbool.h>
#include <string.h>

#include "resource/text/slug_steps.h"
#include "util/text.h"

/* The lower case letter or the digit that c is in a slug, or 0. */
static char slug_letter(char c)
{
	char lower = (char)(c | 0x20);

	if (lower >= 'a' && lower <= 'z')
		return lower;
	if (text_is_digit(c))
		return c;
	return '\0';
}

/* Whether a digit follows; quotes between don't count where they are none. */
static bool digit_follows(const char *text, size_t length, bool quotes_part)
{
	size_t i = 0;

	while (!quotes_part && i < length && text[i] == '\'')
		i++;
	return i < length && text_is_digit(text[i]);
}

/*
 * The last steps, all in one: lower case, quotes and the commas within
 * numbers out, whatever else is left between words one dash.
 */
static void join_words(char *out, const char *text, size_t length,
		       bool quotes_part)
{
	bool gap = false;
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		char c = slug_letter(text[i]);

		if (c) {
			if (gap)
				out[n++] = '-';
			gap = false;
			out[n++] = c;
			continue;
		}
		if (text[i] == '\'' && !quotes_part)
			continue;
		if (text[i] == ',' && n && text_is_digit(out[n - 1]) &&
		    digit_follows(text + i + 1, length - i - 1, quotes_part))
			continue;
		gap = n > 0;
	}
	out[n] = '\0';
}

static bool is_simple(const char *text, size_t length)
{
	unsigned char all = 0;

	for (size_t i = 0; i < length; i++)
		all |= (unsigned char)text[i];
	return all < 0x80 && !(length && memchr(text, '&', length));
}

const char *slug_make(struct arena *arena, const char *text, size_t length)
{
	struct slug_draft draft;
	char *slug;

	if (is_simple(text, length)) {
		slug = arena_alloc(arena, length + 1);
		join_words(slug, text, length, true);
		return slug;
	}
	draft = transliterate(arena, text, length);
	if (draft.length && memchr(draft.data, '&', draft.length))
		draft = decode_entities(arena, draft);
	slug = arena_alloc(arena, draft.length + 1);
	join_words(slug, draft.data, draft.length, false);
	return slug;
}

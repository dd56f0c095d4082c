#include "util/text.h"

#include <string.h>

#include "util/error.h"

enum { NAME_LIMIT = 64 };

static unsigned char fold_ascii(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static size_t min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Optimal string alignment: each place is edited at most once, enough for a
 * typing slip.  Names beyond NAME_LIMIT are never near.
 */
size_t name_distance(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b);
	size_t rows[3][NAME_LIMIT + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	if (na > NAME_LIMIT || nb > NAME_LIMIT)
		return strcmp(a, b) ? NAME_LIMIT : 0;
	for (size_t j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *spare = before;

		before = above;
		above = row;
		row = spare;
		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			bool same = fold_ascii(a[i - 1]) ==
				    fold_ascii(b[j - 1]);

			row[j] = min_size(above[j], row[j - 1]) + 1;
			row[j] = min_size(row[j], above[j - 1] + !same);
			if (i > 1 && j > 1 &&
			    fold_ascii(a[i - 1]) == fold_ascii(b[j - 2]) &&
			    fold_ascii(a[i - 2]) == fold_ascii(b[j - 1]))
				row[j] = min_size(row[j], before[j - 2] + 1);
		}
	}
	return row[nb];
}

static bool has_prefix(const char *head, const char *name)
{
	while (*head && fold_ascii(*head) == fold_ascii(*name)) {
		head++;
		name++;
	}
	return !*head;
}

void close_names_init(struct close_names *close, const char *wanted)
{
	*close = (struct close_names){ .wanted = wanted };
}

/* The most edits that count as a slip in a name of that length. */
static size_t slip_limit(size_t length)
{
	return length >= 9 ? length / 3 : length >= 5 ? 2 : 1;
}

static bool is_offered(const struct close_names *close, const char *name)
{
	for (size_t i = 0; i < close->count; i++)
		if (strcmp(close->names[i], name) == 0)
			return true;
	return false;
}

void close_names_offer(struct close_names *close, const char *name)
{
	close_names_offer_as(close, name, name);
}

void close_names_offer_as(struct close_names *close, const char *name,
			  const char *shown)
{
	const size_t most = sizeof(close->names) / sizeof(*close->names);
	/* An option's dashes are not mistyped. */
	size_t length = strlen(close->wanted) - strspn(close->wanted, "-");
	size_t limit = slip_limit(length);
	size_t distance = name_distance(close->wanted, name);
	size_t i;

	/* A name cut short ranks with the farthest slips. */
	if (length >= 2 && has_prefix(close->wanted, name))
		distance = min_size(distance, limit);
	if (distance > limit || is_offered(close, shown))
		return;
	for (i = close->count; i > 0; i--) {
		if (close->distances[i - 1] <= distance)
			break;
		if (i < most) {
			close->names[i] = close->names[i - 1];
			close->distances[i] = close->distances[i - 1];
		}
	}
	if (i == most)
		return;
	close->names[i] = shown;
	close->distances[i] = distance;
	close->count = min_size(close->count + 1, most);
}

const char *close_names_list(const struct close_names *close,
			     struct arena *arena)
{
	const char *const *names = close->names;

	switch (close->count) {
	case 0:
		return NULL;
	case 1:
		return names[0];
	case 2:
		return arena_printf(arena, "%s or %s", names[0], names[1]);
	}
	return arena_printf(arena, "%s, %s or %s", names[0], names[1],
			    names[2]);
}

void close_names_suggest(const struct close_names *close, struct error *e)
{
	error_suggest(e, close->wanted, close_names_list(close, e->arena));
}

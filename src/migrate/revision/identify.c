/* Identifiers and file names of revisions. */
#include <string.h>
#include <sys/random.h>

#include "migrate/revision/revision.h"
#include "util/text.h"

enum { ID_BYTES = 6, SLUG_MAX = 40 };

const char *revision_new_id(struct arena *arena)
{
	unsigned char bytes[ID_BYTES];
	char *id;
	/* So few bytes are never split; only a signal before the pool is
	   filled can prevent the read. */
	ssize_t got;

	do
		got = getrandom(bytes, sizeof(bytes), 0);
	while (got != (ssize_t)sizeof(bytes));
	id = arena_alloc(arena, 2 * sizeof(bytes) + 1);
	*text_hex(id, bytes, sizeof(bytes)) = '\0';
	return id;
}

static bool is_illegal(char c)
{
	/* @ - + : are revision arithmetic; the others would break a header,
	   a list or a file name. */
	return strchr("@-+:,/\\'\"", c) || (unsigned char)c <= ' ' || c == 0x7f;
}

enum status revision_check_id(const char *id, const char *what, struct error *e)
{
	static const char *const symbols[] = {
		"head",
		"heads",
		"base",
		"current",
	};

	for (size_t i = 0; i < sizeof(symbols) / sizeof(*symbols); i++)
		if (strcmp(id, symbols[i]) == 0)
			return fail(e, USAGE,
				    "'%s' is a symbol and cannot be a %s", id,
				    what);
	if (!*id)
		return fail(e, USAGE, "an empty %s is not allowed", what);
	if (strlen(id) > 32)
		/* alembic_version.version_num is VARCHAR(32). */
		return fail(e, USAGE, "%s '%s' is longer than 32 characters",
			    what, id);
	for (const char *c = id; *c; c++)
		if (is_illegal(*c))
			return fail(e, USAGE,
				    "Character(s) '%c' not allowed in %s '%s'",
				    *c, what, id);
	return OK;
}

static bool is_slug_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

/* Shortens a slug before a word, or between characters. */
static void cut_slug(char *slug)
{
	size_t end;
	bool whole;
	char *word;

	if (strlen(slug) <= SLUG_MAX)
		return;
	end = SLUG_MAX;
	while (end && ((unsigned char)slug[end] & 0xc0) == 0x80)
		end--;
	whole = slug[end] == '_';
	slug[end] = '\0';
	word = strrchr(slug, '_');
	if (!whole && word && word > slug)
		*word = '\0';
}

const char *revision_file_name(const char *id, const char *message,
			       struct arena *arena)
{
	char *slug = arena_alloc(arena, strlen(message) + 1), *end = slug;
	bool gap = false;

	for (; *message; message++) {
		char c = *message;

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (!is_slug_byte(c)) {
			gap = true;
			continue;
		}
		if (gap && end > slug)
			*end++ = '_';
		gap = false;
		*end++ = c;
	}
	*end = '\0';
	cut_slug(slug);
	return arena_printf(arena, "%s%s%s.sql", id, *slug ? "_" : "", slug);
}

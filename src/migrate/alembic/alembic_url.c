#include "migrate/alembic/alembic.h"

#include <string.h>
#include <strings.h>

#include "migrate/revision/folder.h"
#include "util/buffer.h"

/* The value of a line "key = value" or "Key: value", or NULL for another
   key. */
static const char *value_of(const char *line, size_t length, const char *key,
			    struct arena *arena)
{
	size_t width = strlen(key);
	const char *end = line + length;

	if (length < width || strncasecmp(line, key, width) != 0)
		return NULL;
	line += width + strspn(line + width, " \t");
	if (line >= end || !strchr("=:", *line))
		return NULL;
	line += 1 + strspn(line + 1, " \t");
	while (end > line && strchr(" \t\r", end[-1]))
		end--;
	return end > line ? arena_copy_n(arena, line, (size_t)(end - line))
			  : NULL;
}

/* configparser's interpolation: %(here)s, and %% for %. */
static const char *interpolate(const char *value, struct arena *arena)
{
	static const char here[] = "%(here)s";
	BUFFER(text);

	for (const char *at = value; *at;) {
		if (strncmp(at, here, strlen(here)) == 0) {
			buffer_byte(&text, '.');
			at += strlen(here);
		} else {
			at += at[0] == '%' && at[1] == '%';
			buffer_byte(&text, *at++);
		}
	}
	return arena_copy(arena, buffer_string(&text));
}

const char *alembic_url(struct arena *arena)
{
	const char *text, *url = NULL;
	ERROR(ignored, arena);

	if (folder_read(".", "alembic.ini", arena, &text, &ignored) != OK)
		return NULL;
	while (!url && *text) {
		size_t length = strcspn(text, "\n");

		url = value_of(text, length, "sqlalchemy.url", arena);
		text += length + (text[length] == '\n');
	}
	return url ? interpolate(url, arena) : NULL;
}

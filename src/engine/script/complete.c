/* Where a statement ends (sqlite.org/c3ref/complete.html). */
#include <stdlib.h>
#include <string.h>

#include "engine/sqlite.h"

/* The byte after a quoted name or text that begins here; NULL: not closed. */
static const char *skip_quoted(const char *text)
{
	const char *end = strchr(text + 1, *text == '[' ? ']' : *text);

	return end ? end + 1 : NULL;
}

/* The byte after a comment that begins here. */
static const char *skip_comment(const char *text)
{
	const char *end = text[0] == '-' ? strchr(text, '\n')
					 : strstr(text + 2, "*/");

	return end ? end + (text[0] == '-' ? 1 : 2) : text + strlen(text);
}

static bool is_complete(const char *text, size_t length)
{
	char *copy = strndup(text, length);
	bool complete = copy && sqlite3_complete(copy);

	free(copy);
	return complete;
}

size_t engine_statement_length(const char *text)
{
	for (const char *p = text; p && *p;) {
		if (strchr("'\"`[", *p))
			p = skip_quoted(p);
		else if (strncmp(p, "--", 2) == 0 || strncmp(p, "/*", 2) == 0)
			p = skip_comment(p);
		else if (*p++ == ';' && is_complete(text, (size_t)(p - text)))
			return (size_t)(p - text);
	}
	return 0;
}

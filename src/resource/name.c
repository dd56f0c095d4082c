#include "resource/name.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length > tail && strcmp(text + length - tail, end) == 0;
}

const char *name_singular(struct arena *arena, const char *table)
{
	static const char *const es[] = { "ses", "xes", "ches", "shes" };
	size_t length = strlen(table);

	if (ends_with(table, "ies"))
		return arena_printf(arena, "%.*sy", (int)length - 3, table);
	for (size_t i = 0; i < sizeof(es) / sizeof(es[0]); i++)
		if (ends_with(table, es[i]))
			return arena_copy_n(arena, table, length - 2);
	if (ends_with(table, "s") && !ends_with(table, "ss"))
		return arena_copy_n(arena, table, length - 1);
	return table;
}

const char *name_title(struct arena *arena, const char *name)
{
	char *title = arena_copy(arena, name);

	title[0] = (char)toupper((unsigned char)title[0]);
	for (char *p = title; *p; p++)
		if (*p == '_')
			*p = ' ';
	return title;
}

const char *name_article(struct arena *arena, const char *name)
{
	return arena_printf(arena, "%s %s",
			    *name && strchr("aeioAEIO", *name) ? "an" : "a",
			    name);
}

const char *name_word(struct arena *arena, const char *name)
{
	char *word = arena_copy(arena, name);

	for (char *p = word; *p; p++)
		if ((unsigned char)*p <= ' ' ||
		    strchr("\"'`$&;|<>()\\*?[]#=%/", *p))
			*p = '_';
	return word;
}

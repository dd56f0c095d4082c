#include "resource/text/name.h"

#include <ctype.h>
#include <string.h>

#include "util/text.h"

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
			    text_one_of(*name, "aeioAEIO") ? "an" : "a",
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

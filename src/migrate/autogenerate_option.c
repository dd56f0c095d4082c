/* Options of the shell, as a hint names them. */
#include <string.h>

#include "migrate/autogenerate.h"

/* A name as an option takes it: in quotes where it would be cut. */
static const char *option_name(const char *name, struct arena *arena)
{
	BUFFER(quoted);

	if (!strpbrk(name, ".=\""))
		return name;
	buffer_byte(&quoted, '"');
	for (; *name; name++) {
		if (*name == '"')
			buffer_byte(&quoted, '"');
		buffer_byte(&quoted, *name);
	}
	buffer_byte(&quoted, '"');
	return arena_copy(arena, buffer_string(&quoted));
}

/* As a word of the shell, which eats quotes and parts at blanks. */
static const char *shell_word(const char *text, struct arena *arena)
{
	BUFFER(word);

	if (!text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
			       "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.=-")])
		return text;
	buffer_byte(&word, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buffer_text(&word, "'\\'");
		buffer_byte(&word, *text);
	}
	buffer_byte(&word, '\'');
	return arena_copy(arena, buffer_string(&word));
}

const char *autogenerate_option(const char *table, const char *column,
				const char *rest, struct arena *arena)
{
	const char *text = arena_printf(
		arena, "%s%s%s=%s", option_name(table, arena),
		column ? "." : "", column ? option_name(column, arena) : "",
		rest);

	return shell_word(text, arena);
}

const char *autogenerate_rename_option(const struct rename *rename,
				       struct arena *arena)
{
	const char *table = option_name(rename->table, arena);
	const char *to = option_name(rename->to, arena);

	return autogenerate_option(
		rename->table, rename->column,
		rename->column ? arena_printf(arena, "%s.%s", table, to) : to,
		arena);
}

#include "shell/words.h"

#include "util/buffer.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool ends_word(char c)
{
	return !c || c == '\n' || c == ';' || is_blank(c);
}

/* The text between quotes; false if they are not closed. */
static bool take_quoted(const char **text, struct buffer *word)
{
	char quote = *(*text)++;

	for (; **text && **text != quote; ++*text) {
		if (quote == '"' && **text == '\\' &&
		    ((*text)[1] == '"' || (*text)[1] == '\\'))
			++*text;
		buffer_byte(word, **text);
	}
	if (!**text)
		return false;
	++*text;
	return true;
}

static bool take_word(const char **text, struct buffer *word)
{
	while (!ends_word(**text)) {
		if (**text == '\'' || **text == '"') {
			if (!take_quoted(text, word))
				return false;
			continue;
		}
		if (**text == '\\' && (*text)[1])
			++*text;
		buffer_byte(word, *(*text)++);
	}
	return true;
}

enum status words_split(const char **text, struct arena *arena,
			struct words *out, bool *open, struct error *e)
{
	*out = (struct words){ .items = NULL };
	*open = false;
	for (;;) {
		BUFFER(word);

		while (is_blank(**text))
			++*text;
		if (**text == '#')
			while (**text && **text != '\n')
				++*text;
		if (!**text)
			return OK;
		if (**text == '\n' || **text == ';') {
			++*text;
			return OK;
		}
		if (!take_word(text, &word)) {
			*open = true;
			return fail(e, USAGE, "a quote is not closed");
		}
		*LIST_ADD(arena, out->items,
			  out->count) = arena_copy(arena, buffer_string(&word));
	}
}

#include "shell/line/words.h"

#include "util/buffer.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool ends_word(char c)
{
	return !c || c == '\n' || c == ';' || is_blank(c);
}

/* The length of \ and the newline (\n or \r\n) after it; else 0. */
static size_t joint_length(const char *text)
{
	if (text[0] != '\\')
		return 0;
	if (text[1] == '\n')
		return 2;
	return text[1] == '\r' && text[2] == '\n' ? 3 : 0;
}

/* Reads quoted text; false if the quote is not closed. */
static bool take_quoted(const char **text, struct buffer *word)
{
	char quote = *(*text)++;

	for (; **text && **text != quote; ++*text) {
		size_t skip = quote == '"' ? joint_length(*text) : 0;

		if (skip) {
			*text += skip - 1;
			continue;
		}
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
		size_t skip = joint_length(*text);

		if (skip) {
			*text += skip;
			continue;
		}
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

static void skip_blanks(const char **text)
{
	while (is_blank(**text) || joint_length(*text))
		*text += is_blank(**text) ? 1 : joint_length(*text);
	if (**text == '#')
		while (**text && **text != '\n')
			++*text;
}

enum status command_words_split(const char **text, struct arena *arena,
				struct command_words *out, bool *open,
				struct error *e)
{
	const char *begin = *text;

	*out = (struct command_words){ .items = NULL };
	*open = false;
	for (;;) {
		BUFFER(word);

		skip_blanks(text);
		if (!**text) {
			/* The text ended after a skipped newline. */
			*open = *text > begin && (*text)[-1] == '\n';
			return OK;
		}
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

bool command_words_continue(const char *text)
{
	ARENA(arena);
	struct command_words words;
	struct error e;
	bool open = false;

	error_init(&e, &arena);
	while (*text &&
	       command_words_split(&text, &arena, &words, &open, &e) == OK)
		;
	return open;
}

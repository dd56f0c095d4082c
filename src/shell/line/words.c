#include "shell/line/words.h"

#include <ctype.h>
#include <string.h>

#include "shell/line/sql_words.h"
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

/* Reads quoted text; false, at the quote, if it is not closed. */
static bool take_quoted(const char **text, struct buffer *word)
{
	const char *p = *text;
	char quote = *p++;

	for (; *p && *p != quote; p++) {
		size_t skip = quote == '"' ? joint_length(p) : 0;

		if (skip) {
			p += skip - 1;
			continue;
		}
		if (quote == '"' && *p == '\\' && (p[1] == '"' || p[1] == '\\'))
			p++;
		buffer_byte(word, *p);
	}
	if (!*p)
		return false;
	*text = p + 1;
	return true;
}

/* The length of a word that is written as it is; 0 if it has quotes or \. */
static size_t plain_length(const char *text)
{
	size_t length = 0;

	while (!ends_word(text[length])) {
		if (text[length] == '\'' || text[length] == '"' ||
		    text[length] == '\\')
			return 0;
		length++;
	}
	return length;
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

/* The outlet that begins at text as a word of its own, and its length. */
static enum outlet find_outlet(const char *text, size_t *length)
{
	static const struct {
		const char *sign;
		enum outlet outlet;
	} signs[] = {
		{ ">>", OUTLET_APPEND },
		{ ">|", OUTLET_REPLACE },
		{ ">", OUTLET_FILE },
		{ "|", OUTLET_PIPE },
	};

	if (*text != '>' && *text != '|')
		return OUTLET_NONE;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		*length = strlen(signs[i].sign);
		if (strncmp(text, signs[i].sign, *length) == 0 &&
		    ends_word(text[*length]))
			return signs[i].outlet;
	}
	return OUTLET_NONE;
}

/* A command for the shell, as it is written: up to ; or the end of the line,
   if they are not in quotes.  False if a quote is not closed. */
static bool take_shell(const char **text, struct buffer *word)
{
	const char *begin = *text;
	bool closed = true;

	while (closed && **text && **text != '\n' && **text != ';') {
		BUFFER(ignored);

		if (**text == '\'' || **text == '"')
			closed = take_quoted(text, &ignored);
		else
			*text += **text == '\\' && (*text)[1] ? 2 : 1;
	}
	buffer_add(word, begin, (size_t)(*text - begin));
	return closed;
}

static enum status fail_open(const char *at, struct command_words *out,
			     struct error *e)
{
	out->open = *at == '"' ? "\"" : "'";
	return fail(e, USAGE, "a quote is not closed");
}

/* What follows > or |. */
static enum status take_target(const char **text, struct arena *arena,
			       struct command_words *out, struct error *e)
{
	bool pipe = out->outlet == OUTLET_PIPE;
	BUFFER(word);

	skip_blanks(text);
	if (!(pipe ? take_shell(text, &word) : take_word(text, &word)))
		return fail_open(*text, out, e);
	if (word.length)
		out->target = arena_copy(arena, word.data);
	skip_blanks(text);
	if (**text && **text != '\n' && **text != ';')
		return fail(e, USAGE, "unexpected argument \"%.*s\" after %s",
			    (int)strcspn(*text, " \t\n;"), *text, out->target);
	return OK;
}

static enum status take_item(const char **text, struct arena *arena,
			     struct command_words *out, struct error *e)
{
	const size_t plain = plain_length(*text);
	BUFFER(word);

	if (plain) {
		*LIST_ADD(arena, out->items,
			  out->count) = arena_copy_n(arena, *text, plain);
		*text += plain;
		return OK;
	}
	/* A name has no backslash: \q is a word of other programs. */
	if (!out->count && **text == '\\' && isalpha((unsigned char)(*text)[1]))
		buffer_byte(&word, *(*text)++);
	if (!take_word(text, &word))
		return fail_open(*text, out, e);
	*LIST_ADD(arena, out->items,
		  out->count) = arena_copy(arena, buffer_string(&word));
	return OK;
}

static bool is_escape(const char *text)
{
	return text[text[0] == '\\'] == '!';
}

/* ! and a command for the shell, two items. */
static enum status take_escape(const char **text, struct arena *arena,
			       struct command_words *out, struct error *e)
{
	BUFFER(word);

	*text += **text == '!' ? 1 : 2;
	skip_blanks(text);
	if (!take_shell(text, &word))
		return fail_open(*text, out, e);
	*LIST_ADD(arena, out->items, out->count) = "!";
	if (word.length)
		*LIST_ADD(arena, out->items,
			  out->count) = arena_copy(arena, word.data);
	return OK;
}

/* Takes words until the command ends; *end: what is before its outlet. */
static enum status take_words(const char **text, bool plain,
			      struct arena *arena, struct command_words *out,
			      const char **end, struct error *e)
{
	const char *begin = *text;
	size_t length;

	for (;;) {
		skip_blanks(text);
		if (!out->outlet)
			*end = *text;
		if (!**text) {
			/* The text ended after a skipped newline. */
			if (*text > begin && (*text)[-1] == '\n')
				out->open = "";
			return OK;
		}
		if (**text == '\n' || **text == ';') {
			++*text;
			return OK;
		}
		if (!plain && !out->outlet && sql_words_next(out, *text)) {
			bool ended = sql_words_take(text, arena, out);

			*end = *text - ended;
			if (ended || out->open)
				return OK;
			continue;
		}
		if (!out->count && is_escape(*text)) {
			if (take_escape(text, arena, out, e) != OK)
				return e->status;
			continue;
		}
		out->outlet = find_outlet(*text, &length);
		*text += out->outlet ? length : 0;
		if ((out->outlet ? take_target(text, arena, out, e)
				 : take_item(text, arena, out, e)) != OK)
			return e->status;
	}
}

static enum status split(const char **text, bool plain, struct arena *arena,
			 struct command_words *out, struct error *e)
{
	const char *first = *text, *end = *text;
	enum status status;

	skip_blanks(&first);
	*out = (struct command_words){ .items = NULL };
	status = take_words(text, plain, arena, out, &end, e);
	out->text = arena_copy_n(arena, first, (size_t)(end - first));
	return status;
}

enum status command_words_split(const char **text, struct arena *arena,
				struct command_words *out, struct error *e)
{
	return split(text, false, arena, out, e);
}

enum status command_words_split_plain(const char **text, struct arena *arena,
				      struct command_words *out,
				      struct error *e)
{
	return split(text, true, arena, out, e);
}

const char *command_words_open(const char *text)
{
	ARENA(arena);
	struct command_words words = { .open = NULL };
	struct error e;

	error_init(&e, &arena);
	while (*text && command_words_split(&text, &arena, &words, &e) == OK)
		;
	return words.open;
}

bool command_words_may_end(const char *open, const char *line)
{
	return strstr(line, open) || (*open == ';' && strstr(line, "--"));
}

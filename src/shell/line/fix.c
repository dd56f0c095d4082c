#include "shell/line/fix.h"

#include <ctype.h>
#include <string.h>

#include "shell/line/words.h"

static void add_word(struct command_words *out, const char *word,
		     struct arena *arena)
{
	*LIST_ADD(arena, out->items, out->count) = word;
}

/* Splits text that the program itself wrote; false if it is not whole. */
static bool add_split_words(struct command_words *out, const char *text,
			    struct arena *arena)
{
	struct command_words words;
	struct error ignored;

	error_init(&ignored, arena);
	if (command_words_split_plain(&text, arena, &words, &ignored) != OK)
		return false;
	for (size_t i = 0; i < words.count; i++)
		add_word(out, words.items[i], arena);
	return words.count != 0;
}

/* A letter or digit, or what joins them to one name. */
static bool is_part(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c & 0x80;
}

/* Where name occurs in text and is not a part of a longer name; or NULL. */
static const char *find_name(const char *text, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = text; *name && (at = strstr(at, name)); at++)
		if ((at == text || !is_part(at[-1])) && !is_part(at[length]))
			return at;
	return NULL;
}

/* The command's word that has the wrong name: it, or a part of it; -1: none. */
static long find_wrong(const struct session *session, const char *wrong)
{
	long found = -1;

	for (size_t i = 0; i < session->nwords; i++) {
		if (strcmp(session->words[i], wrong) == 0)
			return (long)i;
		if (found < 0 && find_name(session->words[i], wrong))
			found = (long)i;
	}
	return found;
}

static const char *replace_name(const char *text, const char *wrong,
				const char *right, struct arena *arena)
{
	const char *at = find_name(text, wrong);

	return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, right,
			    at + strlen(wrong));
}

/* The command with a word replaced, or with an option before its --. */
static bool add_command(const struct session *session, const struct error *e,
			struct command_words *out, struct arena *arena)
{
	long wrong = e->option ? -1 : find_wrong(session, e->wrong);
	bool option = e->option && *e->option;

	if (!e->option && wrong < 0)
		return false;
	for (size_t i = 0; i < session->nwords; i++) {
		const char *word = session->words[i];

		if (option && strcmp(word, "--") == 0) {
			add_split_words(out, e->option, arena);
			option = false;
		}
		if ((long)i != wrong)
			add_word(out, word, arena);
		/* An option may come with its value. */
		else if (strcmp(word, e->wrong) != 0 || e->right[0] != '-' ||
			 !add_split_words(out, e->right, arena))
			add_word(out,
				 replace_name(word, e->wrong, e->right, arena),
				 arena);
	}
	return !option || add_split_words(out, e->option, arena);
}

/* Where the sentence of a hint goes on after its command. */
static size_t command_length(const char *text)
{
	static const char *const ends[] = { " lists ", " shows ", " runs ",
					    "; ", NULL };
	size_t length = strlen(text);

	for (const char *const *end = ends; *end; end++) {
		const char *at = strstr(text, *end);

		if (at && (size_t)(at - text) < length)
			length = (size_t)(at - text);
	}
	return length;
}

/* DIR, or … for what only the user knows. */
static bool is_placeholder(const char *word)
{
	size_t capitals = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return strstr(word, "…") || (capitals && !word[capitals]);
}

static bool add_hinted(const char *hint, struct command_words *out,
		       struct arena *arena)
{
	const char *text = session_find_program(hint);
	size_t first = out->count;

	if (!text ||
	    !add_split_words(out,
			     arena_copy_n(arena, text, command_length(text)),
			     arena))
		return false;
	for (size_t i = first; i < out->count; i++)
		if (is_placeholder(out->items[i]))
			return false;
	return true;
}

bool fix_command(const struct session *session, const struct error *e,
		 struct arena *arena, struct command_words *out)
{
	bool again = e->option || e->wrong;

	*out = (struct command_words){ .items = NULL };
	/* The shell's words have the options that select the database. */
	if (!again || session->keeps)
		add_split_words(out, session_program(session, arena), arena);
	else
		add_word(out, "taskmgr", arena);
	if (again && add_command(session, e, out, arena))
		return true;
	return again ? fix_command(session, &(struct error){ .hint = e->hint },
				   arena, out)
		     : e->hint && add_hinted(e->hint, out, arena);
}

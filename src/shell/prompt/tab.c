#include "shell/prompt/tab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

#include "describe/complete.h"
#include "shell/command/command.h"
#include "shell/line/words.h"

/* For readline's callbacks, which take no argument for it. */
static struct session *completing;
static const char *earlier; /* lines of the command before this one, or NULL */

static char *next_candidate(const char *text, int state)
{
	static struct arena arena;
	static struct candidates candidates;
	static size_t next, lead; /* the bytes before the word, in SQL */

	if (!state) {
		struct command_words words;
		struct error e;
		const char *line;
		bool open;

		arena_clear(&arena);
		next = lead = 0;
		candidates.count = 0;
		error_init(&e, &arena);
		line = arena_printf(&arena, "%s%s%.*s", earlier ? earlier : "",
				    earlier ? "\n" : "",
				    rl_point - (int)strlen(text),
				    rl_line_buffer);
		if (command_words_split(&line, &arena, &words, &open, &e) !=
			    OK ||
		    session_point(completing, NULL, &arena, &e) != OK)
			return NULL;
		completing->context.flags |= CONTEXT_SHORT_WAIT;
		if (session_catalog(completing, false, &e) != OK)
			return NULL;
		if (words.sql) {
			lead = strlen(words.items[--words.count]);
			text = arena_printf(&arena, "%s%s",
					    words.items[words.count], text);
		}
		*LIST_ADD(&arena, words.items, words.count) = arena_copy(&arena,
									 text);
		const char *const *items = words.items;
		size_t count = words.count;

		if (count > 1)
			items = command_words(items, &count);
		complete_words(&completing->catalog, &completing->context,
			       items, count, true, &arena, &candidates);
		context_renew(&completing->context);
	}
	/* A word that needs quoting is not offered. */
	while (next < candidates.count &&
	       strpbrk(candidates.items[next].text + lead, " \t'\"\\;"))
		next++;
	return next < candidates.count
		       ? strdup(candidates.items[next++].text + lead)
		       : NULL;
}

static char **complete(const char *text, int start, int end)
{
	char **matches;
	size_t length;

	(void)start;
	(void)end;
	rl_attempted_completion_over = 1;
	matches = rl_completion_matches(text, next_candidate);
	length = matches ? strlen(matches[0]) : 0;
	/* The word is not finished after these. */
	rl_completion_suppress_append = length &&
					strchr("=/", matches[0][length - 1]);
	return matches;
}

void tab_continue(const char *lines)
{
	earlier = lines;
}

void tab_start(struct session *session)
{
	completing = session;
	rl_attempted_completion_function = complete;
	rl_basic_word_break_characters = " \t\n;";
	rl_completer_quote_characters = "\"'";
	rl_variable_bind("show-all-if-ambiguous", "on");
}

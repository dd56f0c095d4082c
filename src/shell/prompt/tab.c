#include "shell/prompt/tab.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

#include "catalog/word.h"
#include "describe/complete.h"
#include "describe/complete_file.h"
#include "shell/command/command.h"
#include "shell/line/words.h"
#include "shell/prompt/tab_list.h"

/* For readline's callbacks, which take no argument for it. */
static struct session *completing;
static const char *earlier; /* lines of the command before this one, or NULL */

/* What the last Tab found. */
static struct tab_result {
	struct arena arena;
	struct candidates candidates;
	size_t lead; /* bytes of each that are not in readline's word */
	size_t next;
} found;

/* What the user has typed of a word, without its quoting. */
static const char *unquote(const char *text, struct arena *arena)
{
	char *copy = arena_copy(arena, text), *out = copy;

	if (rl_completion_quote_character == '\'')
		return copy;
	for (const char *p = text; *p; p++) {
		p += *p == '\\' && p[1];
		*out++ = *p;
	}
	*out = '\0';
	return copy;
}

/* The candidates that are being collected. */
struct collection {
	struct candidates *out;
	struct arena *arena;
	const char *word;
};

static void offer(void *data, const char *text, const char *description)
{
	struct collection *collection = data;

	if (strncmp(text, collection->word, strlen(collection->word)) == 0)
		*LIST_ADD(collection->arena, collection->out->items,
			  collection->out->count) = (struct candidate){
			.text = arena_copy(collection->arena, text),
			.description = description,
		};
}

/* set NAME VALUE; false: the value is completed as that of an option. */
static bool offer_settings(struct collection *collection,
			   const char *const **words, size_t *count)
{
	const struct setting *setting = settings_table;
	const char **option;

	if (*count == 2)
		for (; setting->parameter.name; setting++)
			if (setting_can_change(setting))
				offer(collection, setting->parameter.name,
				      setting->parameter.summary);
	setting = *count == 3 ? setting_find((*words)[1]) : NULL;
	if (setting && setting->parameter.type == TYPE_BOOLEAN) {
		offer(collection, "on", NULL);
		offer(collection, "off", NULL);
	}
	if (!setting || setting->parameter.type == TYPE_BOOLEAN)
		return true;
	*count = 2;
	option = arena_array(collection->arena, *count, sizeof(*option));
	option[0] = arena_printf(collection->arena, "--%s",
				 setting->parameter.name);
	option[1] = collection->word;
	*words = option;
	return false;
}

/* Words of the session; false: they are a command, from *words on. */
static bool offer_words(struct collection *collection,
			const char *const **words, size_t *count)
{
	enum word_kind kind = *count > 1 ? word_kind(**words) : WORD_NONE;

	switch (kind) {
	case WORD_SET:
		return offer_settings(collection, words, count);
	case WORD_USE:
	case WORD_READ:
		complete_files(collection->word, false, collection->arena,
			       offer, collection);
		return true;
	case WORD_SHELL:
		return true;
	case WORD_WATCH:
		do {
			++*words;
			--*count;
		} while (*count > 1 && isdigit((unsigned char)***words));
		return false;
	default:
		return false;
	}
}

/* Collects the candidates for text.  In SQL, which is one word, text is only its
   end: *lead is set to the bytes before it. */
static void collect(const char *text, struct arena *arena,
		    struct candidates *out, size_t *lead)
{
	struct collection collection = { .out = out, .arena = arena };
	struct command_words words;
	const char *const *items;
	const char *line;
	struct error e;
	bool ignores;

	error_init(&e, arena);
	line = arena_printf(arena, "%s%s%.*s", earlier ? earlier : "",
			    earlier ? "\n" : "",
			    rl_point - (int)strlen(text) -
				    (rl_completion_quote_character != 0),
			    rl_line_buffer);
	if (command_words_split(&line, arena, &words, &e) != OK ||
	    words.outlet || session_point(completing, NULL, arena, &e) != OK)
		return;
	completing->context.flags |= CONTEXT_SHORT_WAIT;
	/* The prompt has read the catalog; with many tables it would take long
	   to read it again at each Tab. */
	if (completing->loaded && !completing->loaded_const)
		(void)!context_open(&completing->context, 0, &e);
	else if (session_catalog(completing, false, &e) != OK)
		return;
	collection.word = words.sql ? text : unquote(text, arena);
	if (words.sql) {
		*lead = strlen(words.items[--words.count]);
		collection.word = arena_printf(arena, "%s%s",
					       words.items[words.count], text);
	}
	*LIST_ADD(arena, words.items, words.count) = collection.word;
	items = words.items;
	if (words.count > 1)
		items = command_words(items, &words.count);
	/* As inputrc has it. */
	ignores = strcmp(rl_variable_value("completion-ignore-case"), "on") ==
		  0;
	if (!offer_words(&collection, &items, &words.count))
		complete_words(&completing->catalog, &completing->context,
			       items, words.count,
			       COMPLETE_SESSION |
				       (ignores ? COMPLETE_ANY_CASE : 0),
			       arena, out);
	context_renew(&completing->context);
}

/* What a word can't have outside of quotes. */
#define TAB_SPECIAL " \t'\"\\;"

static char *next_candidate(const char *text, int state)
{
	const struct candidates *candidates = &found.candidates;

	if (!state) {
		arena_clear(&found.arena);
		found = (struct tab_result){ .next = 0 };
		collect(text, &found.arena, &found.candidates, &found.lead);
		/* Only values that need it: it makes readline take them for
		   names of files. */
		for (size_t i = 0; i < candidates->count && !found.lead; i++)
			if (strpbrk(candidates->items[i].text, TAB_SPECIAL))
				rl_filename_completion_desired = 1;
	}
	return found.next < candidates->count
		       ? strdup(candidates->items[found.next++].text +
				found.lead)
		       : NULL;
}

/* readline's rl_quote_func_t: with backslashes, or within the quotes that were
   typed. */
static char *quote_match(char *text, int type, char *quote)
{
	BUFFER(out);

	(void)type;
	if (*quote)
		buffer_byte(&out, *quote);
	for (const char *p = text; *p; p++) {
		if (*quote == '\'' && *p == '\'')
			buffer_text(&out, "'\\'");
		else if (*quote == '"' ? *p == '"' || *p == '\\'
				       : !*quote && strchr(TAB_SPECIAL, *p))
			buffer_byte(&out, '\\');
		buffer_byte(&out, *p);
	}
	return strdup(buffer_string(&out));
}

static int is_quoted(char *text, int index)
{
	int slashes = 0;

	while (index > slashes && text[index - slashes - 1] == '\\')
		slashes++;
	return slashes % 2;
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
	tab_list_prepare(&found.candidates, found.lead);
	/* The word is not finished after these. */
	rl_completion_suppress_append = length &&
					strchr("=/.", matches[0][length - 1]);
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
	rl_filename_quote_characters = TAB_SPECIAL;
	rl_filename_quoting_function = quote_match;
	rl_char_is_quoted_p = is_quoted;
	rl_variable_bind("mark-directories", "off");
	rl_variable_bind("show-all-if-ambiguous", "on");
}

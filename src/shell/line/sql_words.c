#include "shell/line/sql_words.h"

#include <ctype.h>
#include <string.h>

#include "catalog/catalog.h"
#include "catalog/choice.h"
#include "catalog/word.h"
#include "engine/engine.h"
#include "schema/text/token.h"

/* The word before SQL, after which only options come. */
static bool is_sql_noun(const struct command_words *words, size_t i)
{
	return i < words->count &&
	       tolower((unsigned char)*words->items[i]) == 's' &&
	       strcasecmp(words->items[i], "sql") == 0;
}

/* The index of a command's first word: the program's name may come before. */
static size_t first_word(const struct command_words *words)
{
	return words->count && word_kind(words->items[0]) == WORD_PROGRAM;
}

static bool takes_next(const char *option)
{
	const struct operation *sql = catalog_find_const("sql", "");

	if (option[1] != '-')
		return option[2] == '\0' &&
		       takes_value(choose_letter(sql, option[1]));
	return !strchr(option, '=') &&
	       takes_value(choose_name(sql, option + 2));
}

/* Whether all words after "sql" are options, with their values. */
static bool has_only_options(const struct command_words *words, size_t i)
{
	for (; i < words->count; i++) {
		if (!is_option(words->items[i]))
			return false;
		i += takes_next(words->items[i]);
	}
	return i == words->count;
}

/* Whether text begins with a word that SQL begins with. */
static bool begins_sql(const char *text)
{
	char word[16];
	size_t length = 0;

	while (isalpha((unsigned char)text[length]) &&
	       length + 1 < sizeof(word)) {
		word[length] = (char)tolower((unsigned char)text[length]);
		length++;
	}
	word[length] = '\0';
	return word_kind(word) == WORD_SQL &&
	       !isalnum((unsigned char)text[length]) && text[length] != '_';
}

bool sql_words_next(const struct command_words *words, const char *text)
{
	size_t first;

	if (words->count > 1 && !is_sql_noun(words, 0) &&
	    !is_sql_noun(words, 1))
		return false;
	first = first_word(words);
	if (words->count == first)
		return begins_sql(text);
	return is_sql_noun(words, first) && !strchr("-@'\"\n;", *text) &&
	       has_only_options(words, first + 1);
}

/* Where an option ends the SQL: a comment has a blank after its dashes. */
static size_t find_option(const char *sql)
{
	struct lexer lexer = lexer_of_all(span_of(sql));

	for (struct token token; lexer_next(&lexer, &token);)
		if (token.kind == TOKEN_COMMENT && token.text > sql &&
		    token.text[0] == '-' && token.length > 2 &&
		    isalpha((unsigned char)token.text[2]) &&
		    strchr(" \t\n", token.text[-1]))
			return (size_t)(token.text - sql);
	return strlen(sql);
}

bool sql_words_take(const char **text, struct arena *arena,
		    struct command_words *out)
{
	size_t ends = engine_statement_length(*text);
	size_t option = find_option(*text);
	size_t length = ends && ends <= option ? ends - 1 : option;

	out->implied = out->count == first_word(out);
	if (out->implied)
		*LIST_ADD(arena, out->items, out->count) = "sql";
	*LIST_ADD(arena, out->items, out->count) = arena_copy_n(arena, *text,
								length);
	*text += length;
	out->sql = !**text;
	if (out->sql)
		out->open = ";";
	*text += ends && ends <= option;
	return ends && ends <= option;
}

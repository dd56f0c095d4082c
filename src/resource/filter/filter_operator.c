/* The operators of --where, by their signs and in words. */
#include <ctype.h>

#include "resource/filter/filter.h"

#define BLANKS " \t\r\n"

struct spelling {
	const char *text;
	enum filter_operator op;
	bool null; /* without a value */
};

/* A sign comes before those that it begins with. */
static const struct spelling signs[] = {
	{ .text = "==", .op = FILTER_EQUAL },
	{ .text = "=", .op = FILTER_EQUAL },
	{ .text = "!=", .op = FILTER_UNEQUAL },
	{ .text = "!~", .op = FILTER_LACKS },
	{ .text = "<>", .op = FILTER_UNEQUAL },
	{ .text = "<=", .op = FILTER_LESS_EQUAL },
	{ .text = "<", .op = FILTER_LESS },
	{ .text = ">=", .op = FILTER_GREATER_EQUAL },
	{ .text = ">", .op = FILTER_GREATER },
	{ .text = "~", .op = FILTER_CONTAINS },
};

/* The names of the operators, then SQL's words. */
static const struct spelling words[] = {
	[FILTER_EQUAL] = { .text = "eq", .op = FILTER_EQUAL },
	[FILTER_UNEQUAL] = { .text = "ne", .op = FILTER_UNEQUAL },
	[FILTER_LESS] = { .text = "lt", .op = FILTER_LESS },
	[FILTER_LESS_EQUAL] = { .text = "lte", .op = FILTER_LESS_EQUAL },
	[FILTER_GREATER] = { .text = "gt", .op = FILTER_GREATER },
	[FILTER_GREATER_EQUAL] = { .text = "gte", .op = FILTER_GREATER_EQUAL },
	[FILTER_CONTAINS] = { .text = "contains", .op = FILTER_CONTAINS },
	[FILTER_LACKS] = { .text = "lacks", .op = FILTER_LACKS },
	[FILTER_LIKE] = { .text = "like", .op = FILTER_LIKE },
	[FILTER_UNLIKE] = { .text = "unlike", .op = FILTER_UNLIKE },
	{ .text = "in", .op = FILTER_EQUAL },
	{ .text = "not in", .op = FILTER_UNEQUAL },
	{ .text = "not like", .op = FILTER_UNLIKE },
	{ .text = "is null", .op = FILTER_EQUAL, .null = true },
	{ .text = "is not null", .op = FILTER_UNEQUAL, .null = true },
};

/* The length of the words that text starts with, in any case and with any
   blanks between them; 0 if it does not. */
static size_t match_words(const char *text, const char *spelled)
{
	size_t at = 0;

	for (; *spelled; spelled++) {
		size_t gap = *spelled == ' ' ? strspn(text + at, BLANKS) : 0;

		if (!gap && tolower((unsigned char)text[at]) != *spelled)
			return 0;
		at += gap ? gap : 1;
	}
	return strchr(BLANKS "()\"'", text[at]) ? at : 0;
}

static const struct spelling *find(const char *text, size_t *length)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		*length = strlen(signs[i].text);
		if (strncmp(text, signs[i].text, *length) == 0)
			return &signs[i];
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		*length = match_words(text, words[i].text);
		if (*length)
			return &words[i];
	}
	return NULL;
}

enum filter_operator filter_take_operator(const char **text, bool *null)
{
	size_t length;
	const struct spelling *spelling = find(*text, &length);

	if (!spelling)
		return FILTER_OPERATORS;
	*text += length;
	*null = spelling->null;
	return spelling->op;
}

enum filter_operator filter_find_word(const char *name)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (match_words(name, words[i].text) == strlen(name) &&
		    !words[i].null)
			return words[i].op;
	return FILTER_OPERATORS;
}

const char *filter_operator_hint(const char *text, const struct column *column,
				 struct arena *arena)
{
	if (column && match_words(text, "between"))
		return arena_printf(arena, "write %s>=LOW and %s<=HIGH",
				    column->name, column->name);
	if (column && column->type == TYPE_BOOLEAN)
		return arena_printf(arena, "write %s=true or %s=false",
				    column->name, column->name);
	if (!*text || *text == ')' || match_words(text, "and") ||
	    match_words(text, "or"))
		return "quote the condition, so that the shell leaves it "
		       "alone: --where 'age>=30', or write age.gte=30";
	return "use one of = != < <= > >= ~ (contains) !~ like in, is null, "
	       "is not null, or their opposites";
}

const char *resource_operator(size_t i)
{
	return i < FILTER_OPERATORS ? words[i].text : NULL;
}

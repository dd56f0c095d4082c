#include "migrate/revision/scan.h"

#include <string.h>

enum symbol {
	SYMBOL_SEMICOLON,
	SYMBOL_OTHER,
	SYMBOL_EXPLAIN,
	SYMBOL_CREATE,
	SYMBOL_TEMP,
	SYMBOL_TRIGGER,
	SYMBOL_END,
};

/*
 * The state machine of sqlite3_complete() (sqlite.org/c3ref/complete.html):
 * a CREATE TRIGGER ends at ";END;" and everything else at a semicolon.
 */
static const unsigned char next_state[][7] = {
	/*			;  other EXPLAIN CREATE TEMP TRIGGER END */
	[SCAN_START] = { 0, 1, 2, 3, 1, 1, 1 },
	[SCAN_NORMAL] = { 0, 1, 1, 1, 1, 1, 1 },
	[SCAN_EXPLAIN] = { 0, 2, 1, 3, 1, 1, 1 },
	[SCAN_CREATE] = { 0, 1, 1, 1, 3, 4, 1 },
	[SCAN_TRIGGER] = { 5, 4, 4, 4, 4, 4, 4 },
	[SCAN_SEMICOLON] = { 5, 4, 4, 4, 4, 4, 6 },
	[SCAN_END] = { 0, 4, 4, 4, 4, 4, 4 },
};

static enum symbol symbol_of(const struct token *token)
{
	static const struct {
		const char *text;
		enum symbol symbol;
	} words[] = {
		{ ";", SYMBOL_SEMICOLON },    { "explain", SYMBOL_EXPLAIN },
		{ "create", SYMBOL_CREATE },  { "temp", SYMBOL_TEMP },
		{ "temporary", SYMBOL_TEMP }, { "trigger", SYMBOL_TRIGGER },
		{ "end", SYMBOL_END },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (token_is(token, words[i].text))
			return words[i].symbol;
	return SYMBOL_OTHER;
}

struct scan scan_of(const char *text)
{
	text = text ? text : "";
	return (struct scan){
		.lexer = lexer_of_all(span_of(text)),
		.counted = text,
		.line = 1,
	};
}

bool scan_next(struct scan *scan, struct token *out)
{
	if (!lexer_next(&scan->lexer, out))
		return false;
	for (; scan->counted < out->text; scan->counted++)
		scan->line += *scan->counted == '\n';
	if (out->kind == TOKEN_COMMENT)
		return true;
	scan->state = next_state[scan->state][symbol_of(out)];
	scan->depth += token_is(out, "(") - token_is(out, ")");
	if (scan->state == SCAN_START)
		scan->depth = 0;
	return true;
}

bool scan_is_open_ended(const struct token *token)
{
	const char *end = token->text + token->length;

	if (token->kind == TOKEN_COMMENT)
		return *token->text == '/' &&
		       (token->length < 4 || memcmp(end - 2, "*/", 2) != 0);
	return token->kind == TOKEN_BAD && strchr("'\"`[xX", *token->text);
}

bool scan_statement(struct scan *scan, struct span *out)
{
	struct token token;

	out->text = NULL;
	while (scan_next(scan, &token)) {
		if (!out->text && scan->state != SCAN_START)
			out->text = token.text;
		if (out->text && scan->state == SCAN_START)
			break;
	}
	if (out->text)
		out->length = (size_t)(scan->lexer.at - out->text);
	return out->text;
}

struct words words_of(struct span text, struct arena *arena)
{
	struct words words = { .arena = arena, .lexer = lexer_of(text) };

	words_next(&words);
	return words;
}

void words_next(struct words *words)
{
	lexer_next(&words->lexer, &words->token);
}

bool words_take(struct words *words, const char *word)
{
	if (!token_is(&words->token, word))
		return false;
	words_next(words);
	return true;
}

const char *words_name(struct words *words)
{
	const char *name = token_name(&words->token, words->arena);

	words_next(words);
	return name;
}

const char *words_table(struct words *words)
{
	const char *name = words_name(words);

	return words_take(words, ".") ? words_name(words) : name;
}

bool scan_takes_all(struct span statement, const char *table,
		    struct arena *arena)
{
	struct lexer lexer = lexer_of(statement);
	bool from = false, ends = false;

	for (struct token token; lexer_next(&lexer, &token);) {
		if (token_is(&token, ";"))
			break;
		ends = from && name_equal(token_name(&token, arena), table);
		from = token_is(&token, "from");
	}
	return ends;
}

const char *scan_dropped(struct span statement, struct arena *arena)
{
	struct words read = words_of(statement, arena);
	struct words *words = &read;
	const char *name;

	if (!words_take(words, "DROP") || !words_take(words, "TABLE"))
		return NULL;
	if (words_take(words, "IF"))
		words_take(words, "EXISTS");
	name = words_name(words);
	if (!words_take(words, "."))
		return name;
	return name_equal(name, "main") ? words_name(words) : NULL;
}

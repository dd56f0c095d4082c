#include "schema/text/token.h"

#include "util/text.h"

/* Not ctype: the locale and the sign of char must not matter. */
static bool is_sql_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static char ascii_lower(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c;
}

static bool is_name_start(char c)
{
	return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool is_name_char(char c)
{
	return is_name_start(c) || text_is_digit(c) || c == '$';
}

struct lexer lexer_of(struct span text)
{
	struct lexer lexer = {
		.at = text.text,
		.end = text.text + text.length,
		.first = true,
	};

	if (text.length >= 3 && memcmp(text.text, "\xef\xbb\xbf", 3) == 0)
		lexer.at += 3;
	return lexer;
}

struct lexer lexer_of_all(struct span text)
{
	struct lexer lexer = lexer_of(text);

	lexer.comments = true;
	return lexer;
}

/* The byte at an offset from here; NUL past the end. */
static char peek_byte(const struct lexer *lexer, size_t ahead)
{
	if ((size_t)(lexer->end - lexer->at) <= ahead)
		return '\0';
	return lexer->at[ahead];
}

static void lex_name(struct lexer *lexer)
{
	while (is_name_char(peek_byte(lexer, 0)))
		lexer->at++;
}

static void lex_digits(struct lexer *lexer)
{
	while (text_is_digit(peek_byte(lexer, 0)))
		lexer->at++;
}

static enum token_kind lex_comment(struct lexer *lexer)
{
	bool line = *lexer->at == '-';

	lexer->at += 2;
	for (; lexer->at < lexer->end; lexer->at++) {
		if (line && *lexer->at == '\n')
			break;
		if (!line && *lexer->at == '*' && peek_byte(lexer, 1) == '/') {
			lexer->at += 2;
			break;
		}
	}
	return TOKEN_COMMENT;
}

/* Up to the closing quote; a doubled one stands for itself. */
static enum token_kind lex_quoted(struct lexer *lexer, char quote,
				  enum token_kind kind)
{
	for (lexer->at++; lexer->at < lexer->end; lexer->at++) {
		if (*lexer->at != quote)
			continue;
		if (quote == ']' || peek_byte(lexer, 1) != quote) {
			lexer->at++;
			return kind;
		}
		lexer->at++;
	}
	return TOKEN_BAD;
}

static enum token_kind lex_number(struct lexer *lexer)
{
	if (*lexer->at == '0' && ascii_lower(peek_byte(lexer, 1)) == 'x' &&
	    text_is_hex(peek_byte(lexer, 2))) {
		lexer->at += 2;
		while (text_is_hex(peek_byte(lexer, 0)))
			lexer->at++;
	} else {
		size_t sign;

		lex_digits(lexer);
		if (peek_byte(lexer, 0) == '.') {
			lexer->at++;
			lex_digits(lexer);
		}
		sign = peek_byte(lexer, 1) == '+' || peek_byte(lexer, 1) == '-';
		if (ascii_lower(peek_byte(lexer, 0)) == 'e' &&
		    text_is_digit(peek_byte(lexer, 1 + sign))) {
			lexer->at += 1 + sign;
			lex_digits(lexer);
		}
	}
	if (!is_name_char(peek_byte(lexer, 0)))
		return TOKEN_NUMBER;
	lex_name(lexer);
	return TOKEN_BAD;
}

static enum token_kind lex_word(struct lexer *lexer)
{
	if (ascii_lower(*lexer->at) == 'x' && peek_byte(lexer, 1) == '\'') {
		lexer->at++;
		return lex_quoted(lexer, '\'', TOKEN_BLOB);
	}
	lex_name(lexer);
	return TOKEN_WORD;
}

static enum token_kind lex_operator(struct lexer *lexer)
{
	static const char *const operators[] = {
		"->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "==", "!=",
	};
	size_t left = (size_t)(lexer->end - lexer->at);

	if (strchr("(),;.", *lexer->at)) {
		lexer->at++;
		return TOKEN_OPERATOR;
	}
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
		size_t length = strlen(operators[i]);

		if (left >= length &&
		    memcmp(lexer->at, operators[i], length) == 0) {
			lexer->at += length;
			return TOKEN_OPERATOR;
		}
	}
	return strchr("+-*/%=<>&|~", *lexer->at++) ? TOKEN_OPERATOR : TOKEN_BAD;
}

static enum token_kind lex_token(struct lexer *lexer)
{
	char c = *lexer->at, next = peek_byte(lexer, 1);

	if ((c == '-' && next == '-') || (c == '/' && next == '*'))
		return lex_comment(lexer);
	if (c == '\'')
		return lex_quoted(lexer, c, TOKEN_STRING);
	if (c == '"' || c == '`')
		return lex_quoted(lexer, c, TOKEN_NAME);
	if (c == '[')
		return lex_quoted(lexer, ']', TOKEN_NAME);
	if (text_is_digit(c) || (c == '.' && text_is_digit(next)))
		return lex_number(lexer);
	if (is_name_start(c))
		return lex_word(lexer);
	if (strchr("?#@:$", c)) {
		lexer->at++;
		lex_name(lexer);
		return TOKEN_VARIABLE;
	}
	return lex_operator(lexer);
}

/* As in SQLite, a NUL byte ends the text. */
bool lexer_next(struct lexer *lexer, struct token *token)
{
	do {
		while (is_sql_space(peek_byte(lexer, 0)))
			lexer->first |= *lexer->at++ == '\n';
		*token = (struct token){
			.text = lexer->at,
			.first = lexer->first,
		};
		if (!peek_byte(lexer, 0))
			return false;
		token->kind = lex_token(lexer);
		token->length = (size_t)(lexer->at - token->text);
		lexer->first = false;
	} while (token->kind == TOKEN_COMMENT && !lexer->comments);
	return true;
}

bool token_is(const struct token *token, const char *word)
{
	if (token->kind != TOKEN_WORD && token->kind != TOKEN_OPERATOR)
		return false;
	for (size_t i = 0; i < token->length; i++)
		if (ascii_lower(token->text[i]) != ascii_lower(word[i]))
			return false;
	return word[token->length] == '\0';
}

static bool is_quoted(const struct token *token)
{
	return token->kind == TOKEN_NAME || token->kind == TOKEN_STRING;
}

/* Whether this quote can be doubled inside a name, unlike the ] of [x]. */
static bool is_doubled(char quote)
{
	return quote == '"' || quote == '`' || quote == '\'';
}

const char *token_name(const struct token *token, struct arena *arena)
{
	char *name = arena_alloc(arena, token->length + 1), *to = name;
	size_t i = is_quoted(token), end = token->length - i;
	char quote = token->text[0];

	for (; i < end; i++) {
		*to++ = token->text[i];
		if (is_doubled(quote) && token->text[i] == quote)
			i++;
	}
	*to = '\0';
	return name;
}

const char *span_name(struct span text, struct arena *arena)
{
	struct lexer lexer = lexer_of(text);
	struct token token;

	lexer_next(&lexer, &token);
	return token_name(&token, arena);
}

bool name_equal(const char *a, const char *b)
{
	for (; *a && ascii_lower(*a) == ascii_lower(*b); a++, b++)
		;
	return !*a && !*b;
}

bool name_begins(const char *name, const char *prefix)
{
	for (; *prefix && ascii_lower(*name) == ascii_lower(*prefix);
	     name++, prefix++)
		;
	return !*prefix;
}

static void write_folded(struct buffer *buffer, const char *text, size_t length)
{
	char *to = buffer_reserve(buffer, length);

	for (size_t i = 0; i < length; i++)
		to[i] = ascii_lower(text[i]);
	buffer->length += length;
	to[length] = '\0';
}

bool token_is_value(const struct token *token)
{
	static const char *const words[] = {
		"null",         "true",         "false",
		"current_time", "current_date", "current_timestamp",
	};
	ARENA(arena);
	const char *name = token_name(token, &arena);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (name_equal(name, words[i]))
			return true;
	return false;
}

/* Whether a quoted name means the same without its quotes. */
static bool has_needless_quotes(const struct token *token)
{
	if (token->length < 3 || !is_name_start(token->text[1]))
		return false;
	for (size_t i = 2; i + 1 < token->length; i++)
		if (!is_name_char(token->text[i]))
			return false;
	return !token_is_value(token);
}

static void write_name(struct buffer *buffer, const struct token *token)
{
	char quote = token->text[0];

	if (has_needless_quotes(token)) {
		write_folded(buffer, token->text + 1, token->length - 2);
		return;
	}
	buffer_byte(buffer, '"');
	for (size_t i = 1; i + 1 < token->length; i++) {
		char c = ascii_lower(token->text[i]);

		buffer_byte(buffer, c);
		if (is_doubled(quote) && c == quote)
			i++;
		if (c == '"')
			buffer_byte(buffer, c);
	}
	buffer_byte(buffer, '"');
}

void token_write(struct buffer *buffer, const struct token *token)
{
	switch (token->kind) {
	case TOKEN_NAME:
		write_name(buffer, token);
		return;
	case TOKEN_STRING:
	case TOKEN_VARIABLE:
		buffer_add(buffer, token->text, token->length);
		return;
	case TOKEN_OPERATOR:
		if (token_is(token, "=="))
			buffer_text(buffer, "=");
		else if (token_is(token, "<>"))
			buffer_text(buffer, "!=");
		else
			buffer_add(buffer, token->text, token->length);
		return;
	case TOKEN_END:
	case TOKEN_COMMENT:
	case TOKEN_WORD:
	case TOKEN_BLOB:
	case TOKEN_NUMBER:
	case TOKEN_BAD:
		break;
	}
	write_folded(buffer, token->text, token->length);
}

const char *tokens_canonical(struct arena *arena, struct span text)
{
	BUFFER(buffer);
	struct lexer lexer = lexer_of(text);

	for (struct token token; lexer_next(&lexer, &token);) {
		if (buffer.length)
			buffer_byte(&buffer, ' ');
		token_write(&buffer, &token);
	}
	return arena_copy_n(arena, buffer_string(&buffer), buffer.length);
}

/* SQLite may read "x" as a string, so "Open" and "open" may differ. */
static bool token_equal(const struct token *a, const struct token *b,
			struct buffer *x, struct buffer *y)
{
	if (a->length == b->length && memcmp(a->text, b->text, a->length) == 0)
		return true;
	if (*a->text == '"' && *b->text == '"')
		return false;
	x->length = y->length = 0;
	token_write(x, a);
	token_write(y, b);
	return x->length == y->length &&
	       memcmp(x->data, y->data, x->length) == 0;
}

bool tokens_equal(const char *a, const char *b)
{
	struct lexer left, right;
	struct token x, y;
	BUFFER(first);
	BUFFER(second);

	if (!a || !b)
		return a == b;
	left = lexer_of(span_of(a));
	right = lexer_of(span_of(b));
	for (;;) {
		bool more = lexer_next(&left, &x);

		if (lexer_next(&right, &y) != more)
			return false;
		if (!more)
			return true;
		if (!token_equal(&x, &y, &first, &second))
			return false;
	}
}

bool tokens_name(struct span text, const char *name)
{
	ARENA(arena);
	struct lexer lexer = lexer_of(text);

	for (struct token token; lexer_next(&lexer, &token);)
		if ((token.kind == TOKEN_WORD || token.kind == TOKEN_NAME) &&
		    name_equal(token_name(&token, &arena), name))
			return true;
	return false;
}

bool tokens_single(struct span text, struct token *out)
{
	struct lexer lexer = lexer_of(text);
	struct token next;

	lexer_next(&lexer, out);
	if (token_is(out, "-") || token_is(out, "+"))
		lexer_next(&lexer, out);
	return out->kind != TOKEN_END && !lexer_next(&lexer, &next);
}

const char *tokens_plain(struct arena *arena, struct span text)
{
	BUFFER(buffer);
	struct lexer lexer = lexer_of(text);
	const char *end = NULL;

	for (struct token token; lexer_next(&lexer, &token);) {
		if (end && end != token.text)
			buffer_byte(&buffer, ' ');
		buffer_add(&buffer, token.text, token.length);
		end = token.text + token.length;
	}
	return arena_copy_n(arena, buffer_string(&buffer), buffer.length);
}

/*
 * Splits SQL into tokens by SQLite's lexical grammar (tokenize.c).  SQL is
 * compared by its tokens: the case and quotes of names, white space and
 * comments make no difference.
 */
#ifndef SCHEMA_TOKEN_H
#define SCHEMA_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "util/arena.h"
#include "util/buffer.h"

enum token_kind {
	TOKEN_END,
	TOKEN_COMMENT, /* with its marks */
	TOKEN_WORD,    /* a keyword or an unquoted name */
	TOKEN_NAME,    /* "x", [x] or `x` */
	TOKEN_STRING,  /* 'x' */
	TOKEN_BLOB,    /* x'00' */
	TOKEN_NUMBER,
	TOKEN_VARIABLE,
	TOKEN_OPERATOR, /* also ( ) , ; . */
	TOKEN_BAD,      /* a syntax error in SQLite */
};

struct token {
	enum token_kind kind;
	const char *text; /* points into the input, not NUL-terminated */
	size_t length;
	bool first; /* the first on its line */
};

/* A piece of a text that the caller owns; not NUL-terminated. */
struct span {
	const char *text;
	size_t length;
};

/* An iterator over the tokens of a text. */
struct lexer {
	const char *at, *end;
	bool comments; /* comments are returned, not skipped */
	bool first;    /* no token has been read on this line yet */
};

/* Begins with the text's first token; skips comments, or returns them too. */
struct lexer lexer_of(struct span text);
struct lexer lexer_of_all(struct span text);

/* Reads the next token; at the end it is TOKEN_END and the result false. */
bool lexer_next(struct lexer *lexer, struct token *token);

static inline struct span span_of(const char *text)
{
	return (struct span){ .text = text, .length = strlen(text) };
}

/* Whether the token is this keyword (in any case, not quoted) or operator. */
bool token_is(const struct token *token, const char *word);

/* Whether it is NULL, TRUE, CURRENT_DATE or the like, quoted or not. */
bool token_is_value(const struct token *token);

/* The token's name or string without its quotes, doubled quotes halved; and
   that of the first token of a text. */
const char *token_name(const struct token *token, struct arena *arena);
const char *span_name(struct span text, struct arena *arena);

/* Compare names as SQL does: ASCII letters in any case, in every locale.
   name_begins: whether name begins with prefix. */
bool name_equal(const char *a, const char *b);
bool name_begins(const char *name, const char *prefix);

/*
 * The SQL in canonical spelling: tokens separated by a space, keywords and
 * names in lower case and unquoted (but for "null" and the like), no comments,
 * = for == and != for <>.  Equal results mean the same.
 */
const char *tokens_canonical(struct arena *arena, struct span text);

/* Appends one token in that spelling. */
void token_write(struct buffer *buffer, const struct token *token);

/* Whether two texts have the same tokens; NULL equals only NULL. */
bool tokens_equal(const char *a, const char *b);

/* Whether a token of the text is this name, quoted or not. */
bool tokens_name(struct span text, const char *name);

/* Sets out to the text's only token, apart from a leading sign; else false. */
bool tokens_single(struct span text, struct token *out);

/* The text on one line without comments, otherwise as written. */
const char *tokens_plain(struct arena *arena, struct span text);

#endif

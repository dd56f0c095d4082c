/*
 * The words of SQL text, by SQLite's lexical grammar (sqlite.org/lang.html,
 * tokenize.c).  Texts are compared by their tokens: the case of keywords and
 * names, their quotes, white space and comments make no difference.
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
	TOKEN_WORD,    /* a keyword or a name without quotes */
	TOKEN_NAME,    /* "x", [x] or `x` */
	TOKEN_STRING,  /* 'x' */
	TOKEN_BLOB,    /* x'00' */
	TOKEN_NUMBER,
	TOKEN_VARIABLE,
	TOKEN_OPERATOR, /* also ( ) , ; . */
	TOKEN_BAD,      /* what SQLite would refuse */
};

struct token {
	enum token_kind kind;
	const char *text; /* in the text that was read, not ended */
	size_t length;
	bool first; /* on its line */
};

/* A run of bytes in a text that somebody else owns. */
struct span {
	const char *text;
	size_t length;
};

/* An iterator over a text; comments are passed over unless asked for. */
struct lexer {
	const char *at, *end;
	bool comments;
	bool first; /* nothing was seen on this line yet */
};

void lexer_init(struct lexer *lexer, struct span text, bool comments);

/* The next token; false, and TOKEN_END, where there is none. */
bool lexer_next(struct lexer *lexer, struct token *token);

static inline struct span span_of(const char *text)
{
	return (struct span){ .text = text, .length = strlen(text) };
}

/* Whether the token is this keyword (in any case, not quoted) or operator. */
bool token_is(const struct token *token, const char *word);

/* Whether it is NULL, TRUE, CURRENT_DATE or the like, quoted or not. */
bool token_is_value(const struct token *token);

/* What the token names: without quotes, doubled ones halved. */
const char *token_name(const struct token *token, struct arena *arena);

/* Equality of names, as SQL has it: ASCII letters in any case, whatever the
   locale.  name_begins: whether a name begins with another. */
bool name_equal(const char *a, const char *b);
bool name_begins(const char *name, const char *prefix);

/*
 * A text in canonical spelling: tokens with a blank between them, keywords
 * and names in small letters without quotes (but for "null" and the like),
 * comments dropped, == as = and <> as !=.  Equal texts mean the same.
 */
const char *tokens_canonical(struct arena *arena, struct span text);

/* The same for one token. */
void token_write(struct buffer *buffer, const struct token *token);

/* Whether two texts have the same tokens; NULL is equal to NULL only. */
bool tokens_equal(const char *a, const char *b);

/* Whether a token of the text is the name, quoted or not. */
bool tokens_name(const char *text, const char *name);

/* The one token that a text is, a sign in front of it aside; else false. */
bool tokens_single(struct span text, struct token *out);

/* The text on one line and without comments, otherwise as it was written. */
const char *tokens_plain(struct arena *arena, struct span text);

#endif

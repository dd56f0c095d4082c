/* The parser of ddl_parse; private to ddl_*.c. */
#ifndef SCHEMA_DDL_PARSER_H
#define SCHEMA_DDL_PARSER_H

#include "schema/text/ddl.h"

/* The keywords of CREATE TABLE; clang-format would stagger them. */
/* clang-format off */
#define DDL_WORDS(X) \
	X(ALWAYS) X(AS) X(ASC) X(AUTOINCREMENT) X(CASCADE) X(CHECK) \
	X(COLLATE) X(CONFLICT) X(CONSTRAINT) X(CREATE) X(DEFAULT) \
	X(DEFERRABLE) X(DELETE) X(DESC) X(FOREIGN) X(GENERATED) X(IF) \
	X(INITIALLY) X(INSERT) X(KEY) X(MATCH) X(NO) X(NOT) X(NULL) X(ON) \
	X(PRIMARY) X(REFERENCES) X(ROWID) X(SET) X(STORED) X(STRICT) \
	X(TABLE) X(TEMP) X(TEMPORARY) X(UNIQUE) X(UPDATE) X(VIRTUAL) \
	X(WITHOUT)
/* clang-format on */

#define DDL_WORD_NAME(word) WORD_##word,
enum ddl_word {
	WORD_OTHER,
	WORD_OPEN, /* ( */
	WORD_CLOSE,
	WORD_COMMA,
	WORD_DOT,
	WORD_SIGN, /* + or - */
	DDL_WORDS(DDL_WORD_NAME) WORD_COUNT
};
#undef DDL_WORD_NAME

/*
 * Tokens and comments are kept apart, in an arena that is cleared when parsing
 * ends.  at advances through the tokens of one definition up to end.
 */
struct ddl_parser {
	struct arena *arena, *scratch;
	struct ddl *ddl;
	struct token *tokens;
	enum ddl_word *words; /* the grammar's word for each token */
	size_t ntokens;
	struct remark {
		struct span text;
		size_t next;   /* the token after it */
		bool own_line; /* not on the line of the token before */
	} * remarks;
	size_t nremarks;
	size_t at, end;
	size_t open, close; /* the outermost parentheses */
};

static inline bool at_word_ahead(const struct ddl_parser *p, size_t ahead,
				 enum ddl_word word)
{
	return p->end - p->at > ahead && p->words[p->at + ahead] == word;
}

static inline bool at_word(const struct ddl_parser *p, enum ddl_word word)
{
	return p->at < p->end && p->words[p->at] == word;
}

static inline void skip_words(struct ddl_parser *p, size_t count)
{
	p->at = p->end - p->at > count ? p->at + count : p->end;
}

static inline bool accept_word(struct ddl_parser *p, enum ddl_word word)
{
	if (!at_word(p, word))
		return false;
	p->at++;
	return true;
}

/* Consumes the next token as a name; NULL if it can't be one. */
const char *ddl_take_name(struct ddl_parser *p);

/* The text of the tokens in [from, to). */
struct span ddl_between(const struct ddl_parser *p, size_t from, size_t to);

/* Consumes a parenthesised group and returns what is inside. */
struct span ddl_take_group(struct ddl_parser *p);

/* Consumes a column's type, which may be empty. */
struct span ddl_take_type(struct ddl_parser *p);

/*
 * Consumes the clauses of a column, or of the table (-1), up to the end of the
 * definition; unknown tokens are skipped.
 */
void ddl_take_clauses(struct ddl_parser *p, int column);

#endif

/* The inside of ddl_parse; private to ddl_*.c. */
#ifndef SCHEMA_DDL_PARSER_H
#define SCHEMA_DDL_PARSER_H

#include "schema/text/ddl.h"

/* The words of a CREATE TABLE's grammar; clang-format would stagger them. */
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
 * The tokens without comments, the comments beside them, in an arena that
 * goes when parsing ends.  at walks through the tokens of one definition and
 * stops at end.
 */
struct ddl_parser {
	struct arena *arena, *scratch;
	struct ddl *ddl;
	struct token *tokens;
	enum ddl_word *words; /* what each token is to the grammar */
	size_t ntokens;
	struct remark {
		struct span text;
		size_t next;   /* the token behind it */
		bool own_line; /* a line ends before it, behind a token */
	} * remarks;
	size_t nremarks;
	size_t at, end;
	size_t open, close; /* the outermost parentheses */
};

static inline bool see_ahead(const struct ddl_parser *p, size_t ahead,
			     enum ddl_word word)
{
	return p->end - p->at > ahead && p->words[p->at + ahead] == word;
}

static inline bool see(const struct ddl_parser *p, enum ddl_word word)
{
	return p->at < p->end && p->words[p->at] == word;
}

static inline void skip(struct ddl_parser *p, size_t count)
{
	p->at = p->end - p->at > count ? p->at + count : p->end;
}

static inline bool take(struct ddl_parser *p, enum ddl_word word)
{
	if (!see(p, word))
		return false;
	p->at++;
	return true;
}

/* The token ahead, taken, as a name in the arena; NULL: it could not be one. */
const char *ddl_take_name(struct ddl_parser *p);

/* The text of the tokens from one to before another. */
struct span ddl_between(const struct ddl_parser *p, size_t from, size_t to);

/* A parenthesis and all up to its partner: what is inside. */
struct span ddl_take_group(struct ddl_parser *p);

/* A column's type, which may be empty. */
struct span ddl_take_type(struct ddl_parser *p);

/*
 * The clauses of a column, or of the table (-1), up to the end of the
 * definition; what is not known is passed over.
 */
void ddl_take_clauses(struct ddl_parser *p, int column);

#endif

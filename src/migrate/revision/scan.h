/* Splits SQL text into statements, using schema/text/token.h. */
#ifndef MIGRATE_SCAN_H
#define MIGRATE_SCAN_H

#include "schema/text/token.h"

/* The part of a statement that a token is in; see scan.c. */
enum scan_state {
	SCAN_START, /* between statements */
	SCAN_NORMAL,
	SCAN_EXPLAIN,
	SCAN_CREATE,
	SCAN_TRIGGER,   /* inside a trigger's body … */
	SCAN_SEMICOLON, /* … after a semicolon in it … */
	SCAN_END,       /* … after an END that follows one */
};

struct scan {
	struct lexer lexer;
	const char *counted;   /* the end of the counted lines */
	int line;              /* of the last token */
	enum scan_state state; /* after it */
	int depth;             /* of parentheses, after it */
};

/* Begins a scan of NUL-terminated text; NULL: of none. */
struct scan scan_of(const char *text);

/* The next token, comments too; false at the end. */
bool scan_next(struct scan *scan, struct token *out);

/* Whether the token is an unterminated quote or comment. */
bool scan_is_open_ended(const struct token *token);

/* The next statement, from its first word to its semicolon; false at the
   end. */
bool scan_statement(struct scan *scan, struct span *out);

/* A statement read token by token; token is the next, unread one. */
struct words {
	struct arena *arena;
	struct lexer lexer;
	struct token token;
};

/* Begins reading a statement. */
struct words words_of(struct span text, struct arena *arena);
void words_next(struct words *words);

/* Skips the token if it is this word. */
bool words_take(struct words *words, const char *word);

/* Reads the token as a name, in arena. */
const char *words_name(struct words *words);

/* Reads "name" or "database.name" and returns the name. */
const char *words_table(struct words *words);

/* Whether the statement ends with FROM and the table, so reads all rows. */
bool scan_takes_all(struct span statement, const char *table,
		    struct arena *arena);

/* The main table that a DROP TABLE drops, in arena, or NULL. */
const char *scan_dropped(struct span statement, struct arena *arena);

#endif

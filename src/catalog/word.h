/*
 * The words of the program itself, which no table's noun can be.  One list
 * gives them to the shell, scripts, completion, help and the catalog.
 */
#ifndef CATALOG_WORD_H
#define CATALOG_WORD_H

#include <stdbool.h>

enum word_kind {
	WORD_NONE,     /* not a word of the program */
	WORD_RESERVED, /* has no meaning yet */
	WORD_PROGRAM,  /* the program's name, which may begin a command */
	WORD_HELP,     /* shows help on the words after it */
	WORD_COMPLETE, /* prints candidates, for the shells' completion */
	WORD_LEAVE,    /* ends a session */
	/* Commands of a session, which shell/word runs: */
	WORD_SET,
	WORD_USE,
	WORD_READ,
	WORD_TIMING,
	WORD_AGAIN,
	WORD_WATCH,
	WORD_EDIT,
	WORD_BEGIN,
	WORD_COMMIT,
	WORD_ROLLBACK,
	WORD_HISTORY,
	WORD_SHELL,
	WORD_SQL,        /* begins SQL that sql runs, if no noun has the name */
	WORD_SQL_CHANGE, /* begins SQL that needs sql --write */
	WORD_KINDS,
};

struct word {
	char name[12]; /* here, as every command is compared with all of them */
	enum word_kind kind;
	const char *usage;   /* what follows it; may be NULL */
	const char *summary; /* NULL: neither help nor completion show it */
};

/* What help has besides nouns: the options of every command. */
#define HELP_OPTIONS "options"

/* Ended by an entry without a name. */
extern const struct word program_words[];

enum word_kind word_kind(const char *text);

/* The word as help shows it: the first of its kind; it has a name. */
const struct word *word_of_kind(enum word_kind kind);

/* The hint for a word of other shells, which may also be a noun; or NULL. */
const char *word_hint(const char *text);

/* Whether the word is one of words, which are separated by blanks. */
bool word_is_among(const char *words, const char *word);

/* Whether no table's noun can have this name. */
bool word_is_reserved(const char *text);

#endif

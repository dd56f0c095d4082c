/*
 * The words of the program itself, which no table's noun can be.  One list
 * gives them to the shell, scripts, completion, help and the catalog.
 */
#ifndef CATALOG_WORD_H
#define CATALOG_WORD_H

enum word_kind {
	WORD_NONE,     /* not a word of the program */
	WORD_RESERVED, /* has no meaning yet */
	WORD_PROGRAM,  /* the program's name, which may begin a command */
	WORD_HELP,     /* shows help on the words after it */
	WORD_LEAVE,    /* ends a session */
};

struct word {
	const char *name;
	enum word_kind kind;
	const char *summary; /* NULL: neither help nor completion show it */
};

/* Ended by an entry without a name. */
extern const struct word program_words[];

enum word_kind word_kind(const char *text);

#endif

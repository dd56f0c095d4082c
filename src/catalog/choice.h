/* What an option on the command line is: the command's own, or the program's. */
#ifndef CATALOG_CHOICE_H
#define CATALOG_CHOICE_H

#include "catalog/settings.h"

struct choice {
	const struct parameter *parameter; /* of either; NULL: neither */
	const struct setting *setting;     /* NULL: the command's own */
	bool negated;                      /* --no-completed */
};

/* An option by its name or letter; operation may be NULL.  choose_named is given
   the setting of that name, or NULL. */
struct choice choose_name(const struct operation *operation, const char *name);
struct choice choose_named(const struct operation *operation, const char *name,
			   const struct setting *setting);
struct choice choose_letter(const struct operation *operation, char letter);

/* Whether the next word is its value, unless one is attached. */
bool takes_value(struct choice choice);

/* Whether a word that follows is the columns of the format that choice is
   (--chart age): the command takes no word, after so many. */
bool takes_columns(struct choice choice, const struct operation *operation,
		   size_t words);

/* -1 is a word (db downgrade -1); so are - alone, and an SQL comment. */
bool is_option(const char *word);

#endif

/* Help as text for a terminal, read from the operations. */
#ifndef DESCRIBE_HELP_H
#define DESCRIBE_HELP_H

#include "catalog/catalog.h"
#include "util/buffer.h"

/* What the exit statuses mean; ended by an entry without a meaning. */
extern const struct exit_status {
	int status;
	const char *meaning;
} exit_statuses[];

/*
 * taskmgr help: examples and the nouns.  In a session also its words, and
 * nothing that only starts the program.
 */
void help_program(const struct catalog *catalog, bool in_session,
		  struct buffer *out);

/* taskmgr help options: what applies to every command. */
void help_options(bool in_session, struct buffer *out);

/* taskmgr help WORD, of a session; false if it is not one. */
bool help_word(const char *name, struct buffer *out);

/* taskmgr help NOUN: its verbs. */
void help_noun(const struct catalog *catalog, const char *noun,
	       struct buffer *out);

/* taskmgr help NOUN VERB: its arguments and options. */
void help_operation(const struct operation *operation, struct buffer *out);

#endif

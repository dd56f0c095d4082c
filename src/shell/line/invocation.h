/* Parses a command's words: noun, verb, options, arguments. */
#ifndef SHELL_LINE_INVOCATION_H
#define SHELL_LINE_INVOCATION_H

#include "shell/line/session.h"

/* One -c or -f. */
struct source {
	bool is_file;
	const char *text; /* the commands, or the file's path */
};

struct invocation_item {
	const char *word;
	const char *name;   /* of --name, "" of --; NULL: letters or a word */
	const char *joined; /* the value after its =, or NULL */
	const struct setting *setting; /* of that name, or NULL */
};

struct invocation {
	struct invocation_item *items;
	size_t nitems;
	/* The command's first words: a guess until they are resolved. */
	const char *noun, *verb;
	const char *title; /* "user list", for errors before that */
	bool helping;      /* the word help is first, or after the noun; it
				   was removed */
	/* An option that only starts taskmgr, before the command; or NULL. */
	const struct setting *starts;
	/* Once resolved: */
	const struct operation *operation; /* NULL: no noun, or no verb */
	struct pair *pairs;
	size_t npairs;
	const char **words;
	size_t nwords;
	const char *data;             /* the value of --data, or NULL */
	struct source *sources;       /* in the order given */
	size_t nsources;
};

/* Reads words without a catalog, and guesses which of them are the command. */
void invocation_read(struct invocation *invocation, const char *const *words,
		     size_t nwords, struct arena *arena);

/* Sets the options that select the database. */
void invocation_name_database(const struct invocation *invocation,
			      struct settings *settings);

/*
 * Finds the command in the session's catalog and parses the words with its
 * options, which may come anywhere.  Options of the whole program go into
 * session->current.  USAGE for an unknown option or command.
 */
CHECKED enum status invocation_resolve(struct invocation *invocation,
				       struct session *session,
				       struct arena *arena, struct error *e);

#endif

/*
 * One use of the program at a shell: the settings it was started with, the
 * open database, and the catalog read from it.  A REPL or a script keeps it
 * from line to line.
 */
#ifndef SHELL_SESSION_H
#define SHELL_SESSION_H

#include "catalog/catalog.h"
#include "catalog/settings.h"

struct session {
	struct settings settings; /* of the start */
	struct settings current;  /* of the command that runs */
	struct settings named;    /* what options alone say of it */
	struct context context;
	struct arena pointed; /* what context's texts live in */
	struct arena arena;   /* the catalog's */
	struct catalog catalog;
	int64_t schema_version; /* that the catalog was read at */
	bool loaded, loaded_const;
	bool keeps;        /* more than one command comes */
	bool reads_input;  /* commands come from standard input */
	bool left;         /* exit was said: no more commands */
	bool has_output;   /* a result is in the file of the start's --output */
	bool prompts;      /* commands are typed at a prompt of ours */
	const char *where; /* "file:3: " before messages, or "" */
};

void session_init(struct session *session, const struct settings *settings);
void session_clear(struct session *session);

/*
 * Points the session at the database that is named by the options of a command
 * (NULL: those of the start); they are in session->current then.
 */
CHECKED enum status session_point(struct session *session,
				  const struct settings *named,
				  struct arena *arena, struct error *e);

/*
 * How the program is called to work on the same database: "taskmgr", or
 * "taskmgr --db other.db" with the options that the user gave.
 */
const char *session_program(const struct session *session, struct arena *arena);

/* What the command's own words have set since: --yes, --dry-run … */
void session_settle(struct session *session);

/* The catalog, read anew if the schema was changed meanwhile. */
CHECKED enum status session_catalog(struct session *session, bool const_only,
				    struct error *e);

#endif

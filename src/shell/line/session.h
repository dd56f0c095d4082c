/*
 * One run of the program at a shell: its settings, the open database, and the
 * catalog read from it.  A REPL or script keeps it from line to line.
 */
#ifndef SHELL_LINE_SESSION_H
#define SHELL_LINE_SESSION_H

#include "catalog/catalog.h"
#include "catalog/settings.h"
#include "output/recording.h"
#include "util/buffer.h"

struct session {
	struct settings settings; /* from the program's command line */
	struct settings current;  /* of the running command */
	struct settings named;    /* those of current given as options */
	struct context context;
	int wait;             /* of context */
	struct arena kept;    /* holds the texts that "set" and "use" gave */
	struct arena pointed; /* holds the texts of context */
	struct arena arena;   /* holds the catalog */
	struct catalog catalog;
	int64_t schema_version; /* of the catalog */
	bool loaded, loaded_const;
	bool keeps;       /* may run more than one command */
	bool reads_input; /* reads commands from standard input */
	bool left;        /* "exit" was given: no more commands */
	bool again;       /* the listener is to be started again */
	/* At the prompt: the last result, and one that is being written. */
	struct recording results[2];
	struct buffer previous; /* the last command typed at the prompt */
	struct buffer edited;   /* what "edit" made of it, to be run next */
	int reading;            /* files that "read" has open */
	bool has_output;        /* a result is in the session's --output file */
	bool prompts;           /* reads commands at the prompt */
	const char *where;      /* "file:3: " before messages, or "" */
	/* The command that runs, without the program's name. */
	const char *const *words;
	size_t nwords;
};

void session_init(struct session *session, const struct settings *settings);
void session_clear(struct session *session);

/*
 * Selects the database that the options of a command name (NULL: those that the
 * program started with), and sets session->current to them.
 */
CHECKED enum status session_point(struct session *session,
				  const struct settings *named,
				  struct arena *arena, struct error *e);

/*
 * The command line that runs the program on the same database: "taskmgr", or
 * "taskmgr --db other.db" with the options that the user gave.
 */
const char *session_program(const struct session *session, struct arena *arena);

/*
 * The rest of a hint or a note after the word "taskmgr" of a command in it
 * ("run: taskmgr db upgrade"); NULL if it has none.
 */
const char *session_find_program(const char *text);

/* The text, with session_program for that word; in arena. */
const char *session_name_program(const struct session *session,
				 const char *text, struct arena *arena);

/* Whether errors are JSON, as results are. */
bool session_wants_json(const struct session *session);

/* Applies the command's own options to the context: --yes, --timeout … */
CHECKED enum status session_settle(struct session *session, struct error *e);

/* Loads the catalog; reloads it if the schema has changed. */
CHECKED enum status session_catalog(struct session *session, bool const_only,
				    struct error *e);

#endif

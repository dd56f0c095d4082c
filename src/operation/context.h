/*
 * What the calls of a door have in common: the database, its migrations, and
 * the ways to reach the user.
 */
#ifndef OPERATION_CONTEXT_H
#define OPERATION_CONTEXT_H

#include "engine/engine.h"

struct buffer;
struct call;

/* The environment of a call; one per door, or per thread of one. */
enum context_flags {
	CONTEXT_DRY_RUN = 1, /* roll everything back */
	CONTEXT_YES = 2,     /* accept what is proposed */
	CONTEXT_VERBOSE = 4,
	CONTEXT_READ_ONLY = 8,
	CONTEXT_SHORT_WAIT = 16, /* completion: hardly waits for a lock */
};

/* The database used if none is named. */
#define CONTEXT_DEFAULT_URL "sqlite:///taskmanager.db"

/* A file that is being read, in the list of its context. */
struct reading {
	const char *file; /* "-": standard input */
	const struct reading *outer;
};

struct context {
	struct engine *engine; /* after context_open */
	bool stand_in;         /* engine is an empty one in memory */
	bool opened_read_only; /* engine was opened with CONTEXT_READ_ONLY */
	const char *url;
	const char *migrations; /* folder with versions/; NULL: built in */
	const char *config;     /* the taskmgr.ini in force; NULL: none */
	const struct reading *reading; /* the files being read */
	unsigned flags;
	size_t most_nested; /* bytes of related rows in one row; 0: as many as
			       the engine can hold */
	const int *wait; /* milliseconds for a lock; NULL: ENGINE_WAIT */
	/* Shows the user a line that is not data; never NULL. */
	void (*note)(void *door, const char *line);
	/* Puts a problem into the words of the door; NULL: its own. */
	void (*print_problem)(const struct problem *problem,
			      struct buffer *out);
	/*
	 * Shows a line that the next one replaces; NULL erases it.  NULL: not
	 * on a terminal.
	 */
	void (*progress)(void *door, const char *line);
	/* Asks the user for a line of text, NULL at end of input; NULL
	   without a user. */
	const char *(*ask)(void *door, const char *question,
			   struct arena *arena);
	void *door;
	const char *command; /* as it was typed, to be kept with its undo */
	/* Runs a writing call's work in its transaction, and keeps what undoes
	   it; NULL: nothing is kept. */
	enum status (*keep_undo)(struct call *call, engine_work *work,
				 struct error *e);
};

/*
 * Opens the context's database, if it isn't open.  If its file is missing,
 * operation_flags decide whether to create it, to use an empty one in memory,
 * or to fail with SCHEMA. FAILED if the open file was deleted or replaced.
 */
CHECKED enum status context_open(struct context *context,
				 unsigned operation_flags, struct error *e);

/*
 * Call before each command of a session, after setting its flags: closes a
 * connection that the command must not use, because it stands in for a missing
 * database, has other rights, or its file was deleted or replaced; but not one
 * in a transaction.  True if it closed one: discard what was read through it.
 */
bool context_refresh(struct context *context);

/*
 * Closes the connection, so that the next use opens one with the rights it
 * needs.  A database in memory, which would be lost, stays open, and so does
 * one with an open transaction.
 */
void context_renew(struct context *context);
void context_close(struct context *context);

/* A problem, as a person at the door reads it; in arena. */
const char *context_problem(const struct context *context,
			    const struct problem *problem, struct arena *arena);

/* Formats a note and passes it to context->note. */
void context_note(const struct context *context, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Asks "question [y/N]" until the answer is yes or no; Enter is no.  False if
 * the user leaves the question.
 */
CHECKED bool context_ask(const struct context *context, const char *question,
			 bool *yes);

/*
 * Adds a file to the context's list of those being read, in the caller's
 * storage; put back outer to take it out.
 */
void context_guard(struct context *context, struct reading *reading,
		   const char *file);

/*
 * USAGE if file, which option would write to, is the database, the taskmgr.ini
 * in force or being read; or if call (may be NULL) reads it, or has another
 * option or argument that names it: what it holds would be lost.
 */
CHECKED enum status context_check_output(const struct context *context,
					 const struct call *call,
					 const char *option, const char *file,
					 struct error *e);

#endif

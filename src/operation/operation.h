/*
 * What an operation is: a name, its parameters, its columns, and a function.
 * Every door (argv, REPL, script, HTTP) and every description (help, manual,
 * completion, OpenAPI) walks these tables; none has a list of its own.
 */
#ifndef OPERATION_OPERATION_H
#define OPERATION_OPERATION_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/engine.h"
#include "output/writer.h"
#include "util/error.h"
#include "util/value.h"

enum parameter_role {
	PARAMETER_ARGUMENT, /* a word at the shell; in HTTP's query */
	PARAMETER_OPTION,   /* --name; in HTTP's query */
	PARAMETER_FIELD,    /* of a record: --name; a member of the body */
	PARAMETER_RECORDS,  /* --data: whole records; HTTP's body */
};

enum parameter_flags {
	PARAMETER_REQUIRED = 1,
	PARAMETER_REPEATED = 2, /* several words, or given again */
	PARAMETER_NULLABLE = 4, /* a record may say null */
	PARAMETER_WHOLE = 8,    /* a PUT needs it */
	PARAMETER_QUERY = 32,   /* a field that may come in the query */
	PARAMETER_ALIAS = 64,   /* another way to say a field */
	PARAMETER_HIDDEN = 128, /* in no help */
	PARAMETER_BARE = 1024,  /* an option whose value may be left
					   out, which is the empty text; it
					   stands behind = */
	PARAMETER_NAMED = 2048, /* text that its type refuses names a row
					   of noun */
};

/* What the values are, beyond their type: for completion, help and decoding. */
enum parameter_values {
	VALUES_ANY,
	VALUES_FILES,
	VALUES_FOLDERS,
	VALUES_COLUMNS,     /* columns of the result, separated by commas */
	VALUES_FORMATS,     /* names of output formats */
	VALUES_CONDITIONS,  /* age>=30; in a query also age.gte=30 */
	VALUES_FIELDS,      /* a field, which is set to null */
	VALUES_ASSIGNMENTS, /* FIELD=VALUE, which sets a field */
	VALUES_RECORDS,     /* JSON, @FILE, or - for standard input */
};

struct context;

/* Gets a value that fits; description may be NULL. */
typedef void offer_candidate(void *data, const char *text,
			     const char *description);

struct parameter {
	const char *name;    /* user_id; --user-id and --user_id at a shell */
	char letter;         /* -m; 0: none */
	const char *metavar; /* MSG; NULL: by values and type */
	const char *summary; /* a phrase, no full stop; may be NULL */
	enum parameter_role role;
	enum type type;
	enum parameter_values values;
	unsigned flags;
	size_t max_length;                     /* code points; 0: no limit */
	const struct value *minimum, *maximum; /* NULL: none */
	bool exclusive_minimum, exclusive_maximum;
	const char *const *choices; /* ended by NULL; NULL: any */
	const char *default_text;   /* for descriptions */
	const char *noun;           /* its values are keys of this resource */
	const char *const *fields;  /* those that a PARAMETER_ALIAS stands for,
				       ended by NULL */
	/* Offers the values that there are, for completion; errors end it
	   silently.  NULL: any */
	void (*candidates)(struct context *context, struct arena *arena,
			   offer_candidate *offer, void *data);
};

/* One request over HTTP that runs the operation. */
struct route {
	const char *method;
	const char *path;        /* "/user/create" */
	int status;              /* of success */
	const char *transaction; /* "Successful": the answer is the
					   lesson's object; NULL: the rows */
	bool whole;              /* PARAMETER_WHOLE fields are required */
	const char *takes;       /* the media type of its body; NULL: none */
	const char *record;      /* "Update": what OpenAPI calls the body's
				    records; NULL: it takes none */
};

#define MEDIA_JSON "application/json"

enum operation_flags {
	OPERATION_WRITES = 1,       /* runs in a write transaction, its rows are
				   let out after the commit */
	OPERATION_READS = 2,        /* runs in a read transaction */
	OPERATION_CREATES = 4,      /* a missing database is made */
	OPERATION_EMPTY = 8,        /* a missing database counts as empty */
	OPERATION_NO_DATABASE = 16, /* never opens it */
	OPERATION_CONFIRM = 32,     /* has a question to be asked first */
	OPERATION_ONE = 64,         /* over HTTP it answers with one record */
	OPERATION_QUICK = 128,      /* reads a few rows, each by its key */
	OPERATION_SHOWS = 256,      /* its GET shows a record of subject */
	OPERATION_LISTS = 512,      /* lists the records of subject */
	OPERATION_COUNTS = 1024,    /* counts what the one that LISTS lists */
};

struct call;

struct operation {
	const char *noun, *verb;
	const char *peers;   /* what other tools call it, parted by blanks;
				NULL: nothing else */
	const char *summary; /* "List all users", no full stop */
	const char *example; /* a command line without "taskmgr" */
	const struct parameter *parameters;
	size_t nparameters;
	const struct output_column *columns;
	size_t ncolumns;
	const struct route *routes;
	size_t nroutes;
	unsigned flags;
	enum status (*run)(struct call *call, struct error *e);
	/* What OPERATION_CONFIRM asks: "Delete user 2 “user2”?", in the call's
	   arena; NULL: nothing to ask. */
	enum status (*question)(struct call *call, const char **out,
				struct error *e);
	const char *done_nothing; /* the answer to no; NULL: "nothing was
				     changed" */
	const void *subject; /* what run works on: the resource */
};

/* Input, as a door has it. */
struct pair {
	const char *name; /* - and _ are the same */
	const char *text; /* NULL: a switch without a value */
	size_t length;
};

struct input {
	const struct pair *pairs; /* options, or the query */
	size_t npairs;
	const char *const *words; /* arguments by position */
	size_t nwords;
	const char *data; /* records as JSON, or NULL */
	size_t data_length;
	const char *place; /* "option" or "query", for messages */
	bool whole;        /* the route's */
	bool body;         /* the records come from data alone */
};

/* The fields of one record: values[i] is the operation's parameter i, if given[i]. */
struct fields {
	struct value *values;
	bool *given;
	const char *json; /* as it came, for messages; or NULL */
};

/* Decoded input.  lists[i] holds a PARAMETER_REPEATED one's values. */
struct values {
	struct value *items;
	size_t count;
};

struct arguments {
	struct value *values;
	bool *given;
	struct values *lists;
	struct fields *records; /* at least one; those given as options, of
				   an operation that takes no records */
	size_t nrecords;
	bool many;         /* the records came as an array or as lines */
	const char *place; /* the input's */
};

/*
 * Turns input into typed values, by Pydantic 2's lax rules.  USAGE for a
 * word or option that the operation doesn't have; INVALID with all problems
 * for values that don't fit.
 */
CHECKED enum status operation_decode(const struct operation *operation,
				     const struct input *input,
				     struct arena *arena, struct arguments *out,
				     struct error *e);

/* Whether it takes records as a body or --data. */
bool operation_takes_records(const struct operation *operation);

/* Names are the same with - and with _. */
bool operation_same_name(const char *a, const char *b);

/* The parameter of that name or letter; -1 if none. */
int operation_find_parameter(const struct operation *operation,
			     const char *name);
/* The field (no option) of exactly that name, of length bytes; or -1. */
int operation_find_field(const struct operation *operation, const char *name,
			 size_t length);
int operation_find_letter(const struct operation *operation, char letter);

/* Whether it is an alias of that field. */
bool parameter_is_alias_of(const struct parameter *parameter,
			   const char *field);

/* What its value is called: "FILE", "N"; "" for a switch. */
const char *parameter_metavar(const struct parameter *parameter);

/* How the parameter is typed: "--user-id", "KEY"; in arena. */
const char *parameter_spelling(const struct parameter *parameter,
			       struct arena *arena);

/*
 * Turns text into a value of the parameter's type, in arena, whatever its
 * limits are.  NULL, or the reason why it cannot be one: "Input should be …".
 */
CHECKED const char *parameter_value(const struct parameter *parameter,
				    const char *text, struct arena *arena,
				    struct value *out);

/* A value that the parameter takes, as text, for examples; in arena. */
const char *parameter_sample(const struct parameter *parameter,
			     struct arena *arena);

/* What its values must be: "a whole number", "text, mermaid or dot"; NULL
   where there are no short words for it.  In arena. */
const char *parameter_domain(const struct parameter *parameter,
			     struct arena *arena);

/* What surrounds a run; one per door, or per thread of one. */
enum context_flags {
	CONTEXT_DRY_RUN = 1, /* everything is rolled back */
	CONTEXT_YES = 2,     /* what is proposed is accepted */
	CONTEXT_VERBOSE = 4,
	CONTEXT_READ_ONLY = 8,
	CONTEXT_SHORT_WAIT = 16, /* completion: waits for nothing */
};

/* The database where none is named. */
#define CONTEXT_DEFAULT_URL "sqlite:///taskmanager.db"

struct context {
	struct engine *engine; /* once context_open was called */
	bool stand_in;         /* engine is an empty one for a missing file */
	bool opened_read_only; /* engine was opened with CONTEXT_READ_ONLY */
	const char *url;
	const char *migrations; /* folder with versions/; NULL: built in */
	const char *config;     /* the taskmgr.ini in force; NULL: none */
	unsigned flags;
	/* Tells a person something that is not data; never NULL. */
	void (*note)(void *door, const char *line);
	/* Asks a person for a line of text, which is NULL on end of input;
	   NULL: there is nobody. */
	const char *(*ask)(void *door, const char *question,
			   struct arena *arena);
	void *door;
};

/*
 * Opens the context's database, if it isn't open.  operation_flags decide
 * what happens where it is missing: it is made, or taken as an empty one in
 * memory, else SCHEMA with "run: taskmgr db upgrade".  FAILED if the file was
 * deleted or replaced since it was opened.
 */
CHECKED enum status context_open(struct context *context,
				 unsigned operation_flags, struct error *e);

/*
 * To be called before each command of a session, with its flags set: closes
 * a connection that the command must not use, because it is the stand-in for
 * a missing database, has other rights, or its file was deleted or replaced.
 * True if it closed one: nothing that was read through it holds any more.
 */
bool context_refresh(struct context *context);

/*
 * Closes the connection, so that the next use opens one with the rights that
 * it needs; one to a database in memory, which would be lost, stays open.
 */
void context_renew(struct context *context);
void context_close(struct context *context);

/* A note, formatted. */
void context_note(const struct context *context, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Asks "question [y/N]" until the answer is yes or no; Enter is no.  False
 * where the person leaves the question.
 */
CHECKED bool context_ask(const struct context *context, const char *question,
			 bool *yes);

/* One run of an operation. */
struct call {
	struct context *context;
	struct arena *arena;
	const struct operation *operation;
	const struct arguments *arguments;
	struct writer *writer;
	const char *next; /* the --after that continues a list; NULL: it ended */
	/* Called before and after the operation, in its transaction; or NULL.
	   *skip: it is not to be run. */
	enum status (*before)(struct call *call, bool *skip, struct error *e);
	enum status (*after)(struct call *call, struct error *e);
	void *door; /* the door's, for these */
	bool quiet; /* of a group: only the first row is kept */
	/* private: rows held back until the commit */
	bool holding, one;
	struct value **held;
	size_t nheld;
	const char **notes;
	size_t nnotes;
};

/* A row of the result, one value for each of the operation's columns. */
CHECKED enum status call_row(struct call *call, const struct value *values,
			     struct error *e);
/* Says that the result is one record, not a list. */
void call_mark_single(struct call *call);

/* Tells a person what was done: after the commit, if there is one. */
void call_note(struct call *call, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* An argument by name; the NULL value and false if it was not given. */
struct value call_value(const struct call *call, const char *name);
bool call_flag(const struct call *call, const char *name);
/* Text argument, NUL-terminated; NULL if not given. */
const char *call_text(const struct call *call, const char *name);
const struct values *call_list(const struct call *call, const char *name);

/*
 * Refuses an argument for a reason that its type does not tell: USAGE with
 * "--sort: …" for an option, a problem for a query.  suggestion has close
 * names, or is NULL.
 */
enum status call_refuse(const struct call *call, const char *name,
			const char *suggestion, struct error *e,
			const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/*
 * Opens the database, runs the operation in the transaction that its flags
 * ask for, and lets its rows out.  The writer is ended by the caller.
 */
CHECKED enum status operation_run(struct call *call, struct error *e);

/*
 * Runs calls of operations that write, in one context, in one transaction;
 * calls[i]'s own error is in errors[i].  Their rows are kept for call_write
 * and call_result, they need no writer.  An error that is returned is of all:
 * nothing was done.
 */
CHECKED enum status operation_run_group(struct call *const *calls,
					struct error *const *errors,
					size_t count, struct error *e);

/* Writes the rows that a call of a group gave. */
CHECKED enum status call_write(struct call *call, struct error *e);

/* The value of a column in the first of them; NULL if there is none. */
const struct value *call_result(const struct call *call, const char *column);

/* The question to be asked before operation_run; *out NULL: none. */
CHECKED enum status operation_question(struct call *call, const char **out,
				       struct error *e);

#endif

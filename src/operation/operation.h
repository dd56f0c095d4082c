/*
 * What an operation is: a name, its parameters, its columns, and a function.
 * Every interface and every description reads these tables.
 */
#ifndef OPERATION_OPERATION_H
#define OPERATION_OPERATION_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/engine.h"
#include "operation/context.h"
#include "output/spool.h"
#include "output/writer.h"
#include "util/error.h"
#include "util/value.h"

enum parameter_role {
	PARAMETER_ARGUMENT, /* a word at the shell; in HTTP, the query */
	PARAMETER_OPTION,   /* --name; in HTTP, the query */
	PARAMETER_FIELD,    /* of a record: --name; in HTTP, the body */
	PARAMETER_RECORDS,  /* --data: whole records; HTTP's body */
};

enum parameter_flags {
	PARAMETER_REQUIRED = 1,
	PARAMETER_REPEATED = 2, /* may be given several times */
	PARAMETER_NULLABLE = 4, /* null is accepted */
	PARAMETER_WHOLE = 8,    /* required by PUT */
	PARAMETER_ROWS = 16,    /* selects rows where no key names them */
	PARAMETER_QUERY = 32,   /* a field accepted in the query */
	PARAMETER_ALIAS = 64,   /* sets other fields */
	PARAMETER_HIDDEN = 128, /* not shown in help */
	PARAMETER_KEY = 256,    /* names a row, unless PARAMETER_ROWS do */
	PARAMETER_BOUND = 512,  /* of PARAMETER_ROWS: bounds what others select */
	PARAMETER_BARE = 1024,  /* the value, attached with =, is optional */
	PARAMETER_NAMED = 2048, /* text of another type names a row of noun */
	PARAMETER_INPUT = 4096, /* a file, or -, which the door opens as
				   call->feed */
	PARAMETER_TEXT = 8192,  /* … or the text itself; then @FILE */
	PARAMETER_LOCAL = 16384, /* not for requests: it names a file */
	PARAMETER_PAGE = 32768,  /* of a list: its part, order or form */
	PARAMETER_LIMIT = 65536, /* bounds the number of rows returned */
	PARAMETER_START = 131072, /* of a list: where it begins */
	PARAMETER_FORM = 262144, /* the input's, one of body_format_names */
	PARAMETER_CONFLICT = 524288, /* one of conflict_names */
};

/* What the values are, beyond their type: for completion, help and decoding. */
enum parameter_values {
	VALUES_ANY,
	VALUES_FILES,
	VALUES_FOLDERS,
	VALUES_COLUMNS,     /* columns of the result, separated by commas */
	VALUES_PATHS,       /* the same of rows, and of those they reference */
	VALUES_RELATED,     /* paths to related rows, separated by commas */
	VALUES_FORMATS,     /* names of output formats */
	VALUES_CONDITIONS,  /* age>=30; in a query also age.gte=30 */
	VALUES_FIELDS,      /* a field, which is set to null */
	VALUES_ASSIGNMENTS, /* FIELD=VALUE, which sets a field */
	VALUES_RECORDS,     /* JSON, @FILE, or - for standard input */
	VALUES_SQL,         /* SQL, @FILE, or - for standard input */
};

struct context;

/* Called with each candidate; description may be NULL. */
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
	size_t max_length;                     /* in code points; 0: no limit */
	const struct value *minimum, *maximum; /* NULL: none */
	bool exclusive_minimum, exclusive_maximum;
	const char *const *choices; /* ended by NULL; NULL: any */
	const char *pattern;        /* of text, for descriptions; or NULL */
	const char *default_text;   /* for descriptions */
	const struct value *request; /* the default over HTTP; or NULL */
	const char *noun; /* the resource whose keys it takes; or NULL */
	const char *const *fields; /* set by an alias, ended by NULL; of those
				      nested, set by the record around them */
	/* Creates the records in its value, which is a list of them; NULL: it
	   has another.  Needs operation_complete. */
	const struct operation *const *nested;
	/* Offers existing values for completion, ignoring errors; or NULL. */
	void (*candidates)(struct context *context, struct arena *arena,
			   offer_candidate *offer, void *data);
};

/* The forms that the body of a request may have, by their media types. */
enum body_format { BODY_CSV, BODY_TSV, BODY_JSON, BODY_JSONL, BODY_FORMATS };

struct body_form {
	const char *media_type;
	enum body_format format;
	bool alias; /* another name of one before it */
};

/* What an import does with a record whose unique value is taken. */
enum on_conflict { CONFLICT_REJECT, CONFLICT_SKIP, CONFLICT_UPDATE };
extern const char *const conflict_names[]; /* ended by NULL */

/* Lists that are ended by a form without a media type. */
extern const struct body_form body_record[];  /* JSON */
extern const struct body_form body_records[]; /* JSON, or lines of it */
extern const struct body_form body_file[];    /* a file to be imported */

/* One HTTP request that runs the operation. */
struct route {
	const char *method;
	const char *path;        /* "/user/create" */
	const char *summary;     /* NULL: the operation's */
	int status;              /* of success */
	const char *transaction; /* "Successful": the answer is the
					   lesson's object; NULL: the rows */
	bool whole;              /* PARAMETER_WHOLE fields are required */
	bool rows; /* PARAMETER_ROWS select many; there is no PARAMETER_KEY */
	const struct body_form *takes; /* the forms of its body; NULL: none */
	const char *record;      /* "Update": what OpenAPI calls the body's
				    records; NULL: it takes none */
};

enum operation_flags {
	OPERATION_WRITES = 1,       /* runs in a write transaction; its rows are
				       written after the commit */
	OPERATION_READS = 2,        /* runs in a read transaction */
	OPERATION_CREATES = 4,      /* creates a missing database */
	OPERATION_EMPTY = 8,        /* treats a missing database as empty */
	OPERATION_NO_DATABASE = 16, /* never opens the database */
	OPERATION_CONFIRM = 32,     /* has a question to ask first */
	OPERATION_ONE = 64,         /* returns one record over HTTP */
	OPERATION_QUICK = 128,      /* reads a few rows, each by its key */
	OPERATION_SHOWS = 256,      /* its GET shows a record of subject */
	OPERATION_LISTS = 512,      /* lists the records of subject */
	OPERATION_COUNTS = 1024,    /* counts the records of subject */
	OPERATION_WRITES_ASKED = 2048, /* WRITES if its --write is given */
	OPERATION_COLUMNS = 4096,      /* run sets its columns: call_columns */
	OPERATION_READS_LIST = 8192,   /* only READS if its --list is given */
	OPERATION_BULK = 16384,        /* changes too much to be undone */
	OPERATION_UNDOES = 32768,      /* it cannot be undone itself */
	OPERATION_COMPARES = 65536,    /* reads schema.sql */
};

struct call;
struct buffer;
struct feed;
struct intake;

struct operation {
	const char *noun, *verb; /* verb "": the noun alone is the command */
	const char *also;  /* shorter verbs for it, separated by blanks */
	const char *peers; /* other tools\' words for it, separated by blanks */
	const char *summary; /* "List all users", no full stop */
	const char *example; /* a command line without "taskmgr" */
	const struct parameter *parameters;
	size_t nparameters;
	const char *table; /* that the rows are of; or NULL */
	const struct output_column *columns;
	size_t ncolumns;
	const struct route *routes;
	size_t nroutes;
	unsigned flags;
	enum status (*run)(struct call *call, struct error *e);
	/* Sets the call's columns and shape, by its arguments and the list of
	   wanted columns, if the door has one.  NULL: columns are above. */
	enum status (*shape)(struct call *call, const char *wanted,
			     struct error *e);
	/* What OPERATION_CONFIRM asks: "Delete user 2 “user2”?", in the call's
	   arena; NULL: nothing to ask. */
	enum status (*question)(struct call *call, const char **out,
				struct error *e);
	const char *done_nothing; /* the answer to no; NULL: "nothing was
				     changed" */
	const void *subject;      /* what run works on: the resource */
	/* Sets the summary, example, parameters and routes, which most commands
	   never need; NULL: they are set. */
	void (*complete)(const struct operation *operation);
};

/* The operation, complete; NULL: none. */
static inline const struct operation *
operation_complete(const struct operation *operation)
{
	if (operation && operation->complete)
		operation->complete(operation);
	return operation;
}

/* Input as a door received it. */
struct pair {
	const char *name; /* - and _ are equal */
	const char *text; /* NULL: a switch without a value */
	size_t length;
	const struct parameter *parameter; /* NULL: found by the name */
	bool negated;                      /* --no-completed, of parameter */
};

struct input {
	const struct pair *pairs; /* options, or the query */
	size_t npairs;
	const char *const *words; /* arguments by position */
	size_t nwords;
	const char *data;             /* records as JSON, or NULL */
	size_t data_length;
	struct feed *feed; /* the same, read one by one; or NULL */
	const char *place; /* "option" or "query", for messages */
	bool whole, rows;  /* the route's */
	bool body;         /* the records come from data alone */
	bool lines;        /* each line of data is a record */
};

/* One record: values[i] is the operation's parameter i, if given[i]. */
struct fields {
	struct value *values;
	bool *given;
	bool said; /* it is an object */
	struct nested *nested; /* lists of records in its fields */
	size_t nnested;
};

struct nested {
	const struct parameter *parameter;
	struct fields *records;
	size_t count;
};

/* Decoded input; lists[i] has the values of a PARAMETER_REPEATED. */
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
	struct intake *intake; /* of the input's feed: records has the first,
				  the others follow; or NULL */
};

/*
 * Converts input to typed values by Pydantic 2's lax rules.  USAGE for an
 * unknown word or option; INVALID with all problems for invalid values.
 */
CHECKED enum status operation_decode(const struct operation *operation,
				     const struct input *input,
				     struct arena *arena, struct arguments *out,
				     struct error *e);

/*
 * Puts the next record of arguments->intake into *record, with the fields that
 * were given as options.  Its texts are in arena, and it is valid until the
 * next call.  False at the end and where the reading failed; problems of the
 * record are added to e.
 */
bool arguments_next(const struct arguments *arguments, struct arena *arena,
		    struct fields **record, struct error *e);

/* The form of a media type, of length bytes and in any case; NULL if none. */
const struct body_form *body_find(const struct body_form *forms,
				  const char *media_type, size_t length);

/* What --from calls them: "csv"; ended by NULL. */
extern const char *const body_format_names[];

/* How a user types it: "user list", "sql"; in arena. */
const char *operation_title(const struct operation *operation,
			    struct arena *arena);

/* Whether the operation accepts records, as a body or --data. */
bool operation_takes_records(const struct operation *operation);

/* Whether two names are equal, with - and _ alike.  Inline, as mostly the first
   letters differ. */
static inline bool operation_same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (*a != *b &&
		    !((*a == '-' || *a == '_') && (*b == '-' || *b == '_')))
			return false;
	return *a == *b;
}

/*
 * Whether a request accepts a parameter in its query: one on many rows takes
 * what selects them, one on a single row its key.
 */
bool parameter_in_query(const struct parameter *parameter, bool rows);
/* Whether it must have it there. */
bool parameter_is_required(const struct parameter *parameter, bool rows);

/*
 * The parameter that another server calls so; NULL if unknown, or if the input
 * is not a query.
 */
const char *parameter_of_peer(const struct operation *operation,
			      const struct input *input, const char *name);

/* The parameter of that name or letter; -1 if none. */
int operation_find_parameter(const struct operation *operation,
			     const char *name);
/* The parameter with that flag; -1 if none. */
int operation_find_flag(const struct operation *operation,
			enum parameter_flags flag);
/* The field (no option) of exactly that name, of length bytes; or -1. */
int operation_find_field(const struct operation *operation, const char *name,
			 size_t length);
/* The same; --no-completed is the switch --completed, negated. */
int operation_find_option(const struct operation *operation, const char *name,
			  bool *negated);
int operation_find_letter(const struct operation *operation, char letter);

/* The argument that the next word is for, after so many words for arguments;
   NULL if it is one too many. */
const struct parameter *operation_argument(const struct operation *operation,
					   size_t words);

/* Whether the parameter is an alias that sets the field. */
bool parameter_is_alias_of(const struct parameter *parameter,
			   const char *field);

/* What its value is called: "FILE", "N"; "" for a switch. */
const char *parameter_metavar(const struct parameter *parameter);

/* How a user types the parameter: "--user-id", "KEY"; in arena. */
const char *parameter_spelling(const struct parameter *parameter,
			       struct arena *arena);

/*
 * Converts text to a value of the parameter's type, in arena, ignoring its
 * limits.  NULL, or the reason for refusing it: "Input should be …".
 */
CHECKED const char *parameter_value(const struct parameter *parameter,
				    const char *text, struct arena *arena,
				    struct value *out);

/* The problem with text as an option's value, in arena; NULL if it fits. */
const struct problem *parameter_problem(const struct parameter *parameter,
					const char *text, struct arena *arena);

/* An example value as text; in arena. */
const char *parameter_sample(const struct parameter *parameter,
			     struct arena *arena);

/* The values allowed, in words: "a whole number", "text, mermaid or dot"; NULL
   if there are no short ones.  In arena. */
const char *parameter_domain(const struct parameter *parameter,
			     struct arena *arena);

/* One call of an operation. */
struct call {
	struct context *context;
	struct arena *arena;
	const struct operation *operation;
	const struct arguments *arguments;
	struct writer *writer;
	struct feed *feed; /* of the PARAMETER_INPUT */
	const struct output_column *columns; /* by operation_shape */
	size_t ncolumns;
	const void *shape; /* the operation's own, for run; or NULL */
	/* Of an OPERATION_COLUMNS, once it called call_columns, which has set
	   the columns; start then makes the writer.  It may be called again. */
	const char *table; /* that the rows are of; or NULL */
	enum status (*start)(struct call *call, struct error *e);
	bool silent;       /* rows are not of interest */
	struct spool *spool; /* keeps rows until the commit; NULL: in arena,
				which suits few */
	struct arena *keep; /* for what outlives arena; NULL: arena */
	const char
		*next; /* the --after that continues a list; NULL: it ended */
	int64_t asked;    /* rows that the question counted; 0: none */
	int64_t affected; /* rows changed by an operation on many */
	/* Called before and after the operation, in its transaction; or NULL.
	   *skip: it is not to be run. */
	enum status (*before)(struct call *call, bool *skip, struct error *e);
	enum status (*after)(struct call *call, struct error *e);
	void *door; /* the door's, for these */
	bool quiet; /* of a group: only the first row is kept */
	bool changed; /* set once its changes are made, whatever fails after */
	/* private: rows held back until the commit */
	bool holding, one;
	struct value **held;
	size_t nheld;
	const char **notes;
	size_t nnotes;
};

/* Sets the columns of an OPERATION_COLUMNS; they must outlive the call. */
CHECKED enum status call_columns(struct call *call,
				 const struct output_column *columns,
				 size_t ncolumns, struct error *e);
/* Adds a row to the result: one value for each column of the operation. */
CHECKED enum status call_row(struct call *call, const struct value *values,
			     struct error *e);
/* Marks the result as one record, not a list. */
void call_mark_single(struct call *call);

/* Notes for the user what was done; shown after the commit, if there is one. */
void call_note(struct call *call, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* An argument by name; NULL value and false if it was not given. */
struct value call_value(const struct call *call, const char *name);
bool call_flag(const struct call *call, const char *name);
/* Text, NUL-terminated; NULL if not given. */
const char *call_text(const struct call *call, const char *name);
const struct values *call_list(const struct call *call, const char *name);

/* An option as the door's user writes it: "--max-affected", "max_affected". */
const char *call_spelling(const struct call *call, const char *name);

/*
 * Rejects an argument for a reason beyond its type: USAGE with "--sort: …" for
 * an option, a problem for a query. suggestion has close names, or is NULL.
 */
enum status call_refuse(const struct call *call, const char *name,
			const char *suggestion, struct error *e,
			const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/*
 * Opens the database, runs the operation in the transaction that its flags
 * require, and writes its rows.  The caller ends the writer.
 */
CHECKED enum status operation_run(struct call *call, struct error *e);

/*
 * Runs writing calls, all in one context, in one transaction; calls[i]'s own
 * error goes to errors[i]. Their rows are kept for call_write and call_result,
 * so they need no writer.  An error returned here concerns all: nothing was
 * changed.
 */
CHECKED enum status operation_run_group(struct call *const *calls,
					struct error *const *errors,
					size_t count, struct error *e);

/* Writes the rows that a call in a group kept. */
CHECKED enum status call_write(struct call *call, struct error *e);

/* A column's value in the first of those rows; NULL if there are none. */
const struct value *call_result(const struct call *call, const char *column);

/*
 * Sets the columns of the call's rows: before its writer is made.  wanted: the
 * door's list of columns, or NULL.
 */
CHECKED enum status operation_shape(struct call *call, const char *wanted,
				    struct error *e);

/* The question to ask before operation_run; *out NULL: none. */
CHECKED enum status operation_question(struct call *call, const char **out,
				       struct error *e);

#endif

/*
 * Conditions on the rows of a resource, turned into SQL whose values are
 * bound and never spliced; private to resource/.  taskmgr(1) has the grammar.
 */
#ifndef RESOURCE_FILTER_FILTER_H
#define RESOURCE_FILTER_FILTER_H

#include "resource/key/key.h"

struct filter {
	struct call *call;
	const struct resource *resource; /* whose rows are selected */
	struct buffer sql;               /* the condition; empty: all rows */
	struct value *values;            /* for $1 … */
	size_t nvalues;
};

static inline void filter_clear(struct filter *filter)
{
	buffer_clear(&filter->sql);
}

/* Declares a filter that is cleared at the end of its block. */
#define FILTER(name) \
	__attribute__((cleanup(filter_clear))) struct filter name = { 0 }

/* Starts with a filter that selects all rows of the resource. */
void filter_init(struct filter *filter, struct call *call,
		 const struct resource *resource);

/* " WHERE …", or "" for all rows; in the call's arena. */
const char *filter_where(const struct filter *filter);

/* Adds a value and returns its placeholder: "$3"; in the call's arena. */
const char *filter_bind(struct filter *filter, struct value value);

/* Adds a call's conditions: --where, --search and --FIELD, joined by AND. */
CHECKED enum status filter_take(struct filter *filter, struct error *e);
/* The same without --FIELD, which sets a field of a change. */
CHECKED enum status filter_take_conditions(struct filter *filter,
					   struct error *e);

/* Binds the values to a statement that contains the condition. */
void filter_bind_all(const struct filter *filter, struct statement *statement);

enum filter_operator {
	FILTER_EQUAL,
	FILTER_UNEQUAL,
	FILTER_LESS,
	FILTER_LESS_EQUAL,
	FILTER_GREATER,
	FILTER_GREATER_EQUAL,
	FILTER_CONTAINS,
	FILTER_LACKS,
	FILTER_LIKE,
	FILTER_UNLIKE,
	FILTER_OPERATORS
};

/* Whether each value is matched with the column's text. */
static inline bool filter_is_pattern(enum filter_operator op)
{
	return op >= FILTER_CONTAINS;
}

/*
 * Moves *text after the operator that it starts with, a sign or a word; *null if
 * the operator says itself that there is no value.  FILTER_OPERATORS if it
 * starts with none.
 */
enum filter_operator filter_take_operator(const char **text, bool *null);

/* The operator of a word, as in age.gte=30; FILTER_OPERATORS if there is none. */
enum filter_operator filter_find_word(const char *name);

/* What to write where text follows a column (NULL: the rowid) without an
   operator. */
const char *filter_operator_hint(const char *text, const struct column *column,
				 struct arena *arena);

/* One of the values that a condition compares with. */
struct filter_word {
	const char *text; /* NUL-terminated */
	bool quoted;      /* always text, even if it looks like a number */
};

/* A comparison: the column at the end of a path of references. */
struct filter_condition {
	const struct reference **path; /* from the resource on */
	size_t npath;
	const struct resource *resource;   /* at the path's end */
	const struct column *column;       /* NULL: the rowid */
	const struct reference *reference; /* column names rows by their keys */
	enum filter_operator op;
	struct value *values; /* one for each word, or more of a foreign key of
				 several columns; none: NULL */
	size_t nvalues;
};

/* Appends the condition of one --where. */
CHECKED enum status filter_parse(struct filter *filter, const char *text,
				 struct error *e);

/* Sets the column that a name means in the condition's resource, and the
   reference if the name stands for the row; false if there is none. */
bool filter_find_column(struct filter_condition *condition, const char *name);

/*
 * Adds the value that a word means to a condition: of its column's type, or
 * those of the row whose key or slug it is.  USAGE for one that the column
 * cannot have, NOT_FOUND for a row that does not exist.
 */
CHECKED enum status filter_value(struct filter *filter,
				 struct filter_condition *condition,
				 struct filter_word word, struct error *e);

/*
 * For a column of dates or times the text of now, today, yesterday, tomorrow, or
 * a distance from now such as -7d, +2w or -12h; otherwise the word itself.
 */
const char *filter_relative(const char *word, enum type type,
			    struct arena *arena);

/* Adds a condition's SQL; USAGE if the operator cannot have the values. */
CHECKED enum status filter_add(struct filter *filter,
			       const struct filter_condition *condition,
			       struct error *e);

/* The words of the operators in --where, as in age.gte=30; NULL after the
   last. */
const char *resource_operator(size_t i);

#endif

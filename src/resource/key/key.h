/* A row as a word names it, and as it is named in messages. */
#ifndef RESOURCE_KEY_KEY_H
#define RESOURCE_KEY_KEY_H

#include "resource/model/resource.h"

/*
 * The values of a primary key, in its order.  Where the resource has a handle
 * that comes first: a key of SQLite's may be NULL, and of a blob and a text
 * that are printed alike.
 */
struct row_key {
	struct value *values;
	size_t count;
	bool handle; /* the first value is that */
};

/* What a handle begins with where it is a word. */
#define KEY_HANDLE "rowid:"

/*
 * Finds the row that a user's word names: digits are the primary key's value,
 * "rowid:5" is the handle, anything else is looked up in the unique text
 * columns.  NOT_FOUND, with similar names if suggest is set, which takes
 * milliseconds; CONFLICT if two rows match.
 */
CHECKED enum status key_find(struct engine *engine,
			     const struct resource *resource, struct value word,
			     bool suggest, struct arena *arena,
			     struct row_key *out, struct error *e);

/*
 * The key of one value that a word names if there is such a row, without
 * looking.  False: only key_find knows.
 */
bool key_take(const struct resource *resource, struct value word,
	      struct arena *arena, struct row_key *out);

/* Finds the row that the call's key argument names; errors as key_find. */
CHECKED enum status call_key(struct call *call, struct value word,
			     struct row_key *out, struct error *e);

/*
 * Splits "1,x" into a key's parts; returns how many were found, at most as many
 * as the key has.  A comma in a part before the last is "\,".
 */
size_t key_split(const struct resource *resource, struct value word,
		 struct arena *arena, struct row_key *out);

/* The text of a part before the last, as key_split reads it; in arena. */
struct value key_escape(struct value part, struct arena *arena);

/* A regular expression for the key of several columns; otherwise NULL. */
const char *key_pattern(const struct resource *resource, struct arena *arena);

/*
 * The names in a unique column that are similar to a mistyped word, as "a, b or
 * c"; NULL if there are none.  The cost does not depend on the table's size.
 */
const char *near_names(struct engine *engine, const struct resource *resource,
		       const struct column *column, const char *word,
		       struct arena *arena);

/* Reads the key from a row of a statement that selects key_columns. */
void key_read(const struct resource *resource, struct statement *statement,
	      struct arena *arena, struct row_key *out);

/* Binds a key to $first, $first + 1 … */
void key_bind(struct statement *statement, const struct row_key *key,
	      int first);

/* An order of the keys of a table, as qsort needs it; 0: the same row. */
int key_compare(const struct row_key *a, const struct row_key *b);

/* The handle as a word ("rowid:5") if a value of the primary key is NULL; else
   NULL. */
const char *key_handle(const struct row_key *key, struct arena *arena);

/* A key for messages: 1, "x" */
const char *key_text(const struct row_key *key, struct arena *arena);

/* The text of a row's caption column; NULL if there is none. */
const char *row_caption(struct engine *engine, const struct resource *resource,
			const struct row_key *key, struct arena *arena);

/* "user 2 "Bob"" */
const char *row_title(struct engine *engine, const struct resource *resource,
		      const struct row_key *key, struct arena *arena);

/* A value for messages: "user1" in quotes, 40 bare. */
const char *value_show(struct value value, struct arena *arena);

/*
 * Finds the row that word names in the referenced resource, and stores the
 * values of its referenced columns in out, which has room for
 * reference->ncolumns.  Errors as key_find.
 */
CHECKED enum status reference_follow(struct call *call,
				     const struct reference *reference,
				     struct value word, struct value *out,
				     struct error *e);

/* Emits the current row of a statement that selects resource->select, and then
   more columns, count in all; values has room for them. */
CHECKED enum status row_emit(struct call *call, const struct resource *resource,
			     struct statement *statement, size_t count,
			     struct value *values, struct error *e);

#endif

/* Functions shared by the files of resource/; private to the room. */
#ifndef RESOURCE_INSIDE_H
#define RESOURCE_INSIDE_H

#include "resource/resource.h"

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
 * columns.  NOT_FOUND with similar names; CONFLICT if two rows match.
 */
CHECKED enum status key_find(struct engine *engine,
			     const struct resource *resource, struct value word,
			     struct arena *arena, struct row_key *out,
			     struct error *e);

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

/*
 * Splits "1,x" into a key's parts; returns how many were found, at most as many
 * as the key has.
 */
size_t key_split(const struct resource *resource, struct value word,
		 struct arena *arena, struct row_key *out);

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

bool key_equal(const struct row_key *a, const struct row_key *b);

/* Finds the row that the call's key argument names; errors as key_find. */
CHECKED enum status call_key(struct call *call, struct value word,
			     struct row_key *out, struct error *e);

/* Binds a key to $first, $first + 1 … */
void key_bind(struct statement *statement, const struct row_key *key,
	      int first);

/* The SQL condition that selects a key, with placeholders from $first on. */
const char *key_where(const struct resource *resource, int first,
		      struct arena *arena);

/* The rowid's name where it names rows; else NULL. */
static inline const char *rowid_of(const struct resource *resource)
{
	return resource->rowid ? resource->rowid : resource->handle;
}

/* The columns of a key as SQL: "\"id\"". */
const char *key_columns(const struct resource *resource, struct arena *arena);

/* How many words a person gives for a key, joined by commas. */
size_t key_count(const struct resource *resource);

/* Whether a word may be looked up in this column: unique, shown text. */
bool key_is_name(const struct column *column);

/* Whether a column may hold NULL: SQLite allows it even in a primary key that
   is not the rowid (sqlite.org/quirks.html). */
bool column_is_nullable(const struct table *table, const struct column *column);

/* Whether a row's key may be NULL, so that only the handle names it. */
bool key_is_nullable(const struct resource *resource);

/* A column's position in its table. */
size_t column_position(const struct table *table, const struct column *column);

/* Whether a column that is not given gets a value by itself. */
bool column_is_automatic(const struct resource *resource,
			 const struct column *column);

/* Fills in the references between resources, and the links back. */
void resources_join(struct resource *resources, size_t count,
		    struct arena *arena);

/* The foreign key on that column alone; NULL if there is none. */
const struct reference *column_reference(const struct resource *resource,
					 size_t column);

/*
 * Finds the row that word names in the referenced resource, and stores the
 * values of its referenced columns in out, which has room for
 * reference->ncolumns.  Errors as key_find.
 */
CHECKED enum status reference_follow(struct call *call,
				     const struct reference *reference,
				     struct value word, struct value *out,
				     struct error *e);

/* A column's type; if it declares none, that of the column it references. */
enum type column_type(const struct resource *resource,
		      const struct column *column);

/* Sets minimum, maximum, choices and max_length from simple CHECKs. */
void check_limits_of(const struct table *table, const struct column *column,
		     struct arena *arena, struct parameter *parameter);

/*
 * Explains, after the engine's error, why the row could not be deleted: which
 * rows refer to it, or to rows that would be deleted with it.
 */
CHECKED enum status refuse_delete(struct engine *engine,
				  const struct resource *resource,
				  const struct row_key *key,
				  struct arena *arena, struct error *e);

/*
 * Explains why deleting count rows (rows is their text) failed at the commit:
 * which rows still refer to them.
 */
CHECKED enum status refuse_deleted(struct engine *engine,
				   const struct resource *resource,
				   const char *rows, size_t count,
				   struct error *e);

/* The SQL condition for rows that link to rows which satisfy condition. */
const char *link_condition(const struct link *link, const char *condition,
			   struct arena *arena);

/* Whether the link's ON DELETE action is this: "CASCADE". */
bool link_acts(const struct link *link, const char *action);

/* The names of the link's columns: "row, letter". */
const char *link_columns(const struct link *link, struct arena *arena);

/* "1 task", "2 tasks" */
const char *count_text(int64_t count, const struct resource *resource,
		       struct arena *arena);

/* Adds a problem with a field (NULL: with the record) to e. */
void problem_add(struct error *e, const char *type, const char *field,
		 const char *message);

/* A value for messages: "user1" in quotes, 40 bare. */
const char *value_show(struct value value, struct arena *arena);

/* The functions that run the operations. */
enum status resource_list(struct call *call, struct error *e);
enum status resource_count(struct call *call, struct error *e);
enum status resource_show(struct call *call, struct error *e);
enum status resource_linked(struct call *call, struct error *e);
enum status resource_create(struct call *call, struct error *e);
enum status resource_import(struct call *call, struct error *e);
enum status resource_update(struct call *call, struct error *e);
enum status resource_delete(struct call *call, struct error *e);
enum status resource_delete_question(struct call *call, const char **out,
				     struct error *e);

/* Emits the current row of a statement that selects resource->select. */
CHECKED enum status row_emit(struct call *call, const struct resource *resource,
			     struct statement *statement, struct error *e);

#endif

/* What the files of resource/ share; private to the room. */
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
 * Finds the row that a person's word means: digits are the primary key's
 * value, anything else is looked up in the unique text columns, and
 * "rowid:5" is the handle.  NOT_FOUND with a close name; CONFLICT if two rows
 * match.
 */
CHECKED enum status key_find(struct engine *engine,
			     const struct resource *resource, struct value word,
			     struct arena *arena, struct row_key *out,
			     struct error *e);

/*
 * The names in a unique column that a mistyped word may mean, as "a, b or c";
 * NULL if there are none.  Costs the same in a table of any size.
 */
const char *near_names(struct engine *engine, const struct resource *resource,
		       const struct column *column, const char *word,
		       struct arena *arena);

/* The key in a row of a statement that selects key_columns. */
void key_read(const struct resource *resource, struct statement *statement,
	      struct arena *arena, struct row_key *out);

/*
 * The parts of "1,x", as far as they are there: how many of them, at most as
 * many as the key has.
 */
size_t key_split(const struct resource *resource, struct value word,
		 struct arena *arena, struct row_key *out);

/* The handle as a word ("rowid:5") if a value of the primary key is NULL; else
   NULL. */
const char *key_handle(const struct row_key *key, struct arena *arena);

/* A key as a person reads it: 1, "x" */
const char *key_text(const struct row_key *key, struct arena *arena);

/* What names a row to people, as text; NULL: nothing does. */
const char *row_caption(struct engine *engine, const struct resource *resource,
			const struct row_key *key, struct arena *arena);

/* "user 2 "Bob"" */
const char *row_title(struct engine *engine, const struct resource *resource,
		      const struct row_key *key, struct arena *arena);

bool key_equal(const struct row_key *a, const struct row_key *b);

/* The row that the call's own key means, as key_find. */
CHECKED enum status call_key(struct call *call, struct value word,
			     struct row_key *out, struct error *e);

/* Binds a key to $first, $first + 1 … */
void key_bind(struct statement *statement, const struct row_key *key,
	      int first);

/* The condition of a key with its placeholders from $first on. */
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

/* A unique text column that a word may be looked up in. */
bool key_is_name(const struct column *column);

/* Whether NULL may be in a column: in a key, too, as SQLite has it where the
   key is not the rowid (sqlite.org/quirks.html). */
bool column_is_nullable(const struct table *table, const struct column *column);

/* Whether a row's key may be NULL, so that only the handle names it. */
bool key_is_nullable(const struct resource *resource);

/* A column's position in its table. */
size_t column_position(const struct table *table, const struct column *column);

/* Whether the engine fills a column that is not given. */
bool column_is_automatic(const struct resource *resource,
			 const struct column *column);

/* Makes the references of resources to each other, and the links back. */
void resources_join(struct resource *resources, size_t count,
		    struct arena *arena);

/* The foreign key of that column alone; NULL if there is none. */
const struct reference *column_reference(const struct resource *resource,
					 size_t column);

/*
 * The values of the columns that a reference names, in the row that a key or a
 * slug means; out has room for them.  NOT_FOUND as by key_find.
 */
CHECKED enum status reference_follow(struct call *call,
				     const struct reference *reference,
				     struct value word, struct value *out,
				     struct error *e);

/* The type of a column's values; without one of its own, that of the column
   which it references. */
enum type column_type(const struct resource *resource,
		      const struct column *column);

/* minimum, maximum, choices and max_length that simple CHECKs give a column. */
void check_limits_of(const struct table *table, const struct column *column,
		     struct arena *arena, struct parameter *parameter);

/*
 * Says why the row of key could not be deleted: which rows refer to it, or to
 * rows that would be deleted with it.
 */
CHECKED enum status refuse_delete(struct engine *engine,
				  const struct resource *resource,
				  const struct row_key *key,
				  struct arena *arena, struct error *e);

/*
 * Says which rows the deleted ones (as text, and how many) would leave without
 * the one that they refer to once the transaction commits.
 */
CHECKED enum status refuse_deleted(struct engine *engine,
				   const struct resource *resource,
				   const char *rows, size_t count,
				   struct error *e);

/* The rows of a link to those rows for which condition holds, as SQL. */
const char *link_condition(const struct link *link, const char *condition,
			   struct arena *arena);

/* Whether ON DELETE does that: "CASCADE". */
bool link_acts(const struct link *link, const char *action);

/* The link's columns, as a person reads them: "row, letter". */
const char *link_columns(const struct link *link, struct arena *arena);

/* "1 task", "2 tasks" */
const char *count_text(int64_t count, const struct resource *resource,
		       struct arena *arena);

/* Adds a problem of a field (NULL: of the record) to e. */
void problem_add(struct error *e, const char *type, const char *field,
		 const char *message);

/* A value as a person reads it in a message: user1 in quotes, 40 bare. */
const char *value_show(struct value value, struct arena *arena);

/* The operations' functions. */
enum status resource_list(struct call *call, struct error *e);
enum status resource_count(struct call *call, struct error *e);
enum status resource_show(struct call *call, struct error *e);
enum status resource_linked(struct call *call, struct error *e);
enum status resource_create(struct call *call, struct error *e);
enum status resource_update(struct call *call, struct error *e);
enum status resource_delete(struct call *call, struct error *e);
enum status resource_delete_question(struct call *call, const char **out,
				     struct error *e);

/* The current row of a statement that selects resource->select. */
CHECKED enum status row_emit(struct call *call, const struct resource *resource,
			     struct statement *statement, struct error *e);

#endif

/* Questions about the columns of a resource, its key among them. */
#ifndef RESOURCE_MODEL_COLUMN_H
#define RESOURCE_MODEL_COLUMN_H

#include "resource/model/resource.h"

/* A column's position in its table. */
size_t column_position(const struct table *table, const struct column *column);

/* Whether a column may hold NULL: SQLite allows it even in a primary key that
   is not the rowid (sqlite.org/quirks.html). */
bool column_is_nullable(const struct table *table, const struct column *column);

/* Whether a column that is not given gets a value by itself. */
bool column_is_automatic(const struct resource *resource,
			 const struct column *column);

/* The foreign key on that column alone; NULL if there is none. */
const struct reference *column_reference(const struct resource *resource,
					 size_t column);

/* The foreign key that a word names, by its alias or its column; or NULL. */
const struct reference *resource_find_reference(const struct resource *resource,
						const char *name);

/* The column that a word names, unless it is hidden; or NULL. */
const struct column *resource_find_column(const struct resource *resource,
					  const char *name);

/* A column's type; if it declares none, that of the column it references. */
enum type column_type(const struct resource *resource,
		      const struct column *column);

/* How many words a person gives for a key, joined by commas. */
size_t key_count(const struct resource *resource);

/* A column of a key as SQL that compares it; by its bytes if only the
   application has its collation. */
const char *key_part_sql(const struct column *column, struct arena *arena);

/* Whether a word may be looked up in this column: unique, shown text. */
bool key_is_name(const struct column *column);

/* Such a column as SQL, compared as the index that makes it unique compares. */
const char *key_name_sql(const struct column *column, struct arena *arena);

/* Whether a row's key may be NULL, so that only the handle names it. */
bool key_is_nullable(const struct resource *resource);

/* The columns of a key as SQL: "\"id\"". */
const char *key_columns(const struct resource *resource, struct arena *arena);

/* The columns of a reference from a resource, as SQL, and those it references. */
const char *reference_columns(const struct reference *reference,
			      const struct resource *from, struct arena *arena);
const char *reference_targets(const struct reference *reference,
			      struct arena *arena);

/* The SQL condition that selects a key, with placeholders from $first on. */
const char *key_where(const struct resource *resource, int first,
		      struct arena *arena);

/* The rowid's name where it names rows; else NULL. */
static inline const char *rowid_of(const struct resource *resource)
{
	return resource->rowid ? resource->rowid : resource->handle;
}

#endif

/*
 * A table as people use it: names, fields, key, slug, links; and list, show,
 * create, update, delete, count and the linked rows as operations.  Everything
 * is derived from the schema.
 */
#ifndef RESOURCE_MODEL_RESOURCE_H
#define RESOURCE_MODEL_RESOURCE_H

#include "operation/operation.h"
#include "schema/model/model.h"

struct resource;

/* A foreign key, from the row that has it to the row it names. */
struct reference {
	const struct foreign_key *key;
	const struct resource *to;
	const size_t *columns;            /* positions in the table */
	const struct column **to_columns; /* the referenced columns */
	size_t ncolumns;
	const char *alias; /* "user" for user_id; NULL: none, and the
				   column itself takes an id or a slug */
};

/* The rows of another table that name a row of this one. */
struct link {
	const char *verb; /* "tasks", or "tasks:owner_id" */
	const struct resource *from;
	const struct reference *reference; /* from's, to this resource */
};

struct resource {
	const char *name;   /* "user": the noun */
	const char *title;  /* "User", as messages begin */
	const char *plural; /* "users" */
	const struct table *table;
	const struct resource *all; /* of the schema, including this one */
	size_t nall;
	const char *key_name;      /* "user_id": the key's parameter */
	const char *rowid;         /* the rowid's name where there is no primary
				   key; else NULL */
	const char *handle;        /* the rowid's name where a primary key does
				   not name all rows; else NULL */
	const struct column *slug; /* NULL: none */
	const struct column *slug_source;
	const struct column *caption; /* describes a row in messages; or NULL */
	struct reference *references;
	size_t nreferences;
	struct link *links;
	size_t nlinks;
	/* The names of the table's columns as SQL; the rowid's comes last. */
	const char **quoted;
	/* The columns that are shown, as SQL and as output. */
	const char *select; /* "\"id\", \"username\"" */
	struct output_column *columns;
	size_t ncolumns;
	bool reals; /* one of them is REAL */
	const struct operation *create; /* set with its operations; or NULL */
	const char *key_where;          /* "\"id\" = $1" */
	const char *select_one; /* the row of a key: SELECT … WHERE "id" = $1 */
	const char *select_key; /* the key as stored, by the primary key's
				   values */
};

/* Whether the program itself uses a noun or an option. */
typedef bool name_taken(const char *name);

/* The resources of a schema, in the order of its tables. */
void resources_build(const struct schema *schema, name_taken *taken,
		     struct arena *arena, struct resource **out, size_t *count);

#endif

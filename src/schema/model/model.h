/*
 * The model of a schema, read from a live database or from SQL text
 * (schema/model/read.h).  Everything lives in the arena it was read into and is
 * not changed afterwards.  Tables, indexes and triggers are in the order of
 * their creation, columns in that of the table.
 */
#ifndef SCHEMA_MODEL_H
#define SCHEMA_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "schema/text/annotation.h"
#include "util/value.h"

struct ddl;

enum generated { GENERATED_NOT, GENERATED_VIRTUAL, GENERATED_STORED };

struct column {
	const char *name;
	const char *declared; /* the type as written, "" if none */
	enum type type;       /* what that type means */
	size_t max_length;    /* VARCHAR(n)'s n; 0: none */
	bool not_null;
	int key;                 /* position in the primary key from 1, or 0 */
	const char *default_sql; /* expression, or NULL */
	enum generated generated;
	const char *generated_sql; /* expression, or NULL */
	bool uncomputed;           /* hidden: calls a missing function */
	const char *collation;     /* NULL: BINARY */
	bool unique;               /* has a UNIQUE or unique index of its own */
	const char *unique_by;  /* that index's collation; NULL: the column's */
	const char *definition; /* as written, with comments; NULL: a view */
	struct annotations annotations;
};

struct foreign_key {
	const char *name; /* NULL: unnamed */
	size_t *columns;  /* positions in the table */
	size_t ncolumns;
	const char *table;   /* the referenced table */
	const char **others; /* its columns; NULL entries: its key */
	const char *on_update, *on_delete; /* "CASCADE", "NO ACTION" … */
	const char *deferrable;            /* clause as written, "" if none */
};

struct check {
	const char *name; /* NULL: unnamed */
	const char *sql;  /* the expression, no parentheses */
};

struct index_column {
	const char *name; /* NULL: an expression */
	bool descending;
	const char *collation;
};

enum index_origin { INDEX_CREATED, INDEX_UNIQUE, INDEX_KEY };

struct index {
	const char *name;
	bool unique, partial;
	enum index_origin origin; /* CREATE INDEX, UNIQUE, PRIMARY KEY */
	struct index_column *columns;
	size_t ncolumns;
	const char *sql; /* NULL unless INDEX_CREATED */
};

struct trigger {
	const char *name;
	const char *sql;
};

enum table_kind {
	TABLE_ORDINARY,
	TABLE_VIEW,
	TABLE_VIRTUAL,
	TABLE_SHADOW, /* while a schema is read: see schema/model/shadow.c */
};

struct table {
	const char *name;
	enum table_kind kind;
	const char *sql;       /* CREATE …, as the engine keeps it */
	const struct ddl *ddl; /* sql parsed (schema/text/ddl.h); NULL: not a
					   CREATE TABLE, or not understood */
	bool without_rowid, strict, autoincrement;
	struct column *columns;
	size_t ncolumns;
	size_t *key; /* the primary key's columns in order */
	size_t nkey;
	struct foreign_key *foreign_keys;
	size_t nforeign_keys;
	struct check *checks; /* of columns and of the table */
	size_t nchecks;
	struct index *indexes;
	size_t nindexes;
	struct trigger *triggers;
	size_t ntriggers;
	struct annotations annotations;
};

/* Without the engine's own tables, shadow tables and taskmgr's bookkeeping. */
struct schema {
	struct table *tables;
	size_t ntables;
	/* Instructions and statements that have no effect, if read from text. */
	const char **warnings;
	size_t nwarnings;
};

/* By name, ignoring the case of ASCII letters as SQL does; NULL: not found. */
struct table *schema_find_table(const struct schema *schema, const char *name);

/*
 * The table with the kind and name of another, or NULL.  The search starts at
 * *near, which is moved past the match: both schemas are mostly in one order.
 */
const struct table *schema_find_same(const struct schema *schema,
				     const struct table *other, size_t *near);

struct column *table_find_column(const struct table *table, const char *name);

/* The columns of a table (NULL: none) that a foreign key references; NULL if
   one of them doesn't exist. */
const struct column **foreign_key_targets(const struct foreign_key *key,
					  const struct table *table,
					  struct arena *arena);

/* Whether the SQL of a struct schema contains a name, in any case. */
bool schema_names(const void *schema, const char *name);

/* The column that is an alias of the rowid (INTEGER PRIMARY KEY), or NULL. */
struct column *table_rowid_column(const struct table *table);

#endif

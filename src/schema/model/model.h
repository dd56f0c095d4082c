/*
 * The model of a schema, as read from a live database or from SQL text by the
 * same code (schema/model/read.h).  Everything lives in the arena it was read into
 * and is not changed afterwards.  Tables, indexes and triggers stand in the
 * order they were made; columns in the order of the table.
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
	int key;                 /* place in the primary key, or 0 */
	const char *default_sql; /* expression, or NULL */
	enum generated generated;
	const char *generated_sql; /* expression, or NULL */
	const char *collation;     /* NULL: BINARY */
	bool unique;               /* alone has a UNIQUE or unique index */
	const char *definition;    /* the definition as written, comments
					   and all; NULL for views */
	struct annotations annotations;
};

struct foreign_key {
	const char *name; /* NULL: unnamed */
	size_t *columns;  /* positions in the table */
	size_t ncolumns;
	const char *table;   /* the table it leads to */
	const char **others; /* its columns; NULL entries: its key */
	const char *on_update, *on_delete; /* "CASCADE", "NO ACTION" … */
	const char *deferrable;            /* its words, "" if not said */
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
	TABLE_SHADOW, /* while a schema is read: see schema/model/shadow.h */
};

struct table {
	const char *name;
	enum table_kind kind;
	const char *sql;       /* CREATE …, as the engine keeps it */
	const struct ddl *ddl; /* sql taken apart (schema/text/ddl.h); NULL:
					   no CREATE TABLE, or not understood */
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
	/* Comments with an instruction that stand where nothing keeps them. */
	const char **warnings;
	size_t nwarnings;
};

/* By name, in any case of ASCII letters as SQL does; NULL if there is none. */
struct table *schema_find_table(const struct schema *schema, const char *name);
struct column *table_find_column(const struct table *table, const char *name);

/* Whether a text of the schema contains a name, in any case. */
bool schema_names(const struct schema *schema, const char *name);

/*
 * The one column that is an alias of the rowid (INTEGER PRIMARY KEY), or
 * NULL.
 */
struct column *table_rowid_column(const struct table *table);

#endif

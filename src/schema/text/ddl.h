/*
 * A parsed CREATE TABLE (sqlite.org/lang_createtable.html), for what the
 * engine's introspection doesn't return: CHECKs, collations, generated
 * expressions, constraint names, conflict clauses, comments.
 */
#ifndef SCHEMA_DDL_H
#define SCHEMA_DDL_H

#include "schema/text/token.h"

enum clause_kind {
	CLAUSE_KEY, /* PRIMARY KEY */
	CLAUSE_UNIQUE,
	CLAUSE_CHECK,
	CLAUSE_REFERENCES,
	CLAUSE_NOT_NULL,
	CLAUSE_DEFAULT,
	CLAUSE_COLLATE,
	CLAUSE_GENERATED,
};

/* One constraint, of a column or of the table. */
struct ddl_clause {
	enum clause_kind kind;
	const char *name; /* CONSTRAINT name; NULL: none */
	int column;       /* the column it belongs to; -1: the table's */
	/* Columns or expression inside its parentheses; the value of DEFAULT
	   and COLLATE. */
	struct span body;
	const char *conflict;           /* ON CONFLICT's action; NULL: none */
	bool descending, autoincrement; /* of a column's PRIMARY KEY */
	bool stored;                    /* GENERATED … STORED */
	const char *table;              /* referenced table */
	struct span others;             /* referenced columns, may be empty */
	const char *on_update, *on_delete, *match; /* NULL: none */
	struct span deferrable;                    /* clause, may be empty */
};

struct ddl_column {
	const char *name;
	struct span type;       /* may be empty */
	struct span definition; /* name, type and clauses */
};

/* The owner of a comment: a column's position, or one of these. */
enum { OWNER_TABLE = -1, OWNER_CONSTRAINT = -2 };

struct ddl {
	struct span name; /* the table's, as written */
	struct ddl_column *columns;
	size_t ncolumns;
	struct ddl_clause *clauses; /* in the order of the SQL */
	size_t nclauses;
	/* Comments in the order of the SQL, and the owner of each. */
	struct span *comments;
	int *owners;
	size_t ncomments;
	bool without_rowid, strict;
};

/*
 * Parses a CREATE TABLE; the result points into sql.  NULL if sql is not one
 * with a column list.  Unknown clauses are skipped.
 */
struct ddl *ddl_parse(const char *sql, struct arena *arena);

/* A view's own comments, which are those before its SELECT. */
size_t ddl_view_comments(const char *sql, struct arena *arena,
			 struct span **out);

/* A column's first clause of a kind, or NULL. */
const struct ddl_clause *ddl_find(const struct ddl *ddl, int column,
				  enum clause_kind kind);

#endif

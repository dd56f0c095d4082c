/*
 * A CREATE TABLE taken apart, for what the engine's introspection does not
 * tell (sqlite.org/lang_createtable.html): CHECKs, collations, generated
 * expressions, the names of constraints, conflict clauses, comments.
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
	int column;       /* the column it stands on; -1: the table's */
	/* What is between its parentheses: columns or an expression; of
	   DEFAULT and COLLATE, what follows. */
	struct span body;
	const char *conflict;           /* ON CONFLICT's word; NULL: none */
	bool descending, autoincrement; /* of a column's PRIMARY KEY */
	bool stored;                    /* GENERATED … STORED */
	const char *table;              /* REFERENCES: where it leads to */
	struct span others;             /* its columns there, may be empty */
	const char *on_update, *on_delete, *match; /* NULL: not said */
	struct span deferrable;                    /* its words, may be empty */
};

struct ddl_column {
	const char *name;
	struct span type;       /* may be empty */
	struct span definition; /* name, type and clauses */
};

/* Whose a comment is: a column's position, or one of these. */
enum { OWNER_TABLE = -1, OWNER_CONSTRAINT = -2 };

struct ddl {
	struct span name; /* the table's, where it stands in the text */
	struct ddl_column *columns;
	size_t ncolumns;
	struct ddl_clause *clauses; /* in the order of the text */
	size_t nclauses;
	/* Comments in the order of the text, and whose each is. */
	struct span *comments;
	int *owners;
	size_t ncomments;
	bool without_rowid, strict;
};

/*
 * Takes a CREATE TABLE apart.  NULL if it is no such text, which the engine's
 * own are; never fails on what is inside.  Points into sql.
 */
struct ddl *ddl_parse(const char *sql, struct arena *arena);

/* The comments of a view that are about it: those before its SELECT. */
size_t ddl_view_comments(const char *sql, struct arena *arena,
			 struct span **out);

/* The first clause of a kind on a column, or NULL. */
const struct ddl_clause *ddl_find(const struct ddl *ddl, int column,
				  enum clause_kind kind);

#endif

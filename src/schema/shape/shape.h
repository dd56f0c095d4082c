/*
 * What a table's text means, in canonical spelling: tables whose shapes are
 * equal are the same to everybody, however they were written.  Equal are
 * DEFAULT 0, (0) and '0' on a number's column, INT and INTEGER outside of the
 * primary key, a constraint on a column and the same on the table.
 */
#ifndef SCHEMA_SHAPE_H
#define SCHEMA_SHAPE_H

#include "schema/text/ddl.h"
#include "schema/model/model.h"

/* Texts are "" where there is nothing. */
struct shape_column {
	const char *name;
	const char *type;
	const char *not_null; /* with its ON CONFLICT */
	const char *default_value;
	const char *collation;
	const char *generated; /* "stored …" or "virtual …" */
	const struct annotations *annotations;
};

struct shape_constraint {
	enum clause_kind kind; /* UNIQUE, CHECK or REFERENCES */
	const char *name;      /* "": none */
	const char *columns;   /* "a, b"; of a CHECK its expression */
	const char *others;    /* of REFERENCES: "id" … */
	const char *table;     /* … and where these are */
	const char *text;      /* all that it says */
};

struct shape {
	struct shape_column *columns;
	size_t ncolumns;
	struct shape_constraint *constraints;
	size_t nconstraints;
	const char *key, *key_name;
	bool autoincrement, without_rowid, strict;
	const struct annotations *annotations;
	const char *remarks; /* comments on constraints */
};

/* The shape of a table that has a ddl; schema is where it leads to others. */
struct shape *shape_of(const struct table *table, const struct schema *schema,
		       struct arena *arena);

/* shape_reference.c: others and text of a foreign key that has its columns. */
void shape_reference(const struct ddl_clause *clause,
		     const struct schema *schema, struct arena *arena,
		     struct shape_constraint *constraint);

/* shape_equal.c: the column of that name, or NULL. */
const struct shape_column *shape_find(const struct shape *shape,
				      const char *name);

bool shape_column_equal(const struct shape_column *a,
			const struct shape_column *b);
bool shape_constraint_equal(const struct shape_constraint *a,
			    const struct shape_constraint *b);

/* Whether two shapes are the same, with or without the columns' order. */
bool shape_equal(const struct shape *a, const struct shape *b, bool order);

#endif

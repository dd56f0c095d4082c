/*
 * The meaning of a table's SQL, in canonical spelling; tables with equal shapes
 * are equivalent.  Equal are, for example, DEFAULT 0, (0) and '0' on a numeric
 * column, INT and INTEGER outside the primary key, and a column constraint and
 * the same table constraint.
 */
#ifndef SCHEMA_SHAPE_H
#define SCHEMA_SHAPE_H

#include "schema/model/model.h"
#include "schema/text/ddl.h"

/* Strings are "" if absent. */
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
	const char *columns;   /* "a, b"; a CHECK's expression as written */
	const char *others;    /* referenced columns */
	const char *table;     /* referenced table */
	const char *text;      /* the whole meaning, for comparison */
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

/* The shape of a table that has a ddl; schema holds the referenced tables. */
struct shape *shape_of(const struct table *table, const struct schema *schema,
		       struct arena *arena);

/* shape_reference.c: sets others and text of a foreign key's constraint. */
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

/* Whether two shapes are equal; column order counts only with order. */
bool shape_equal(const struct shape *a, const struct shape *b, bool order);

#endif

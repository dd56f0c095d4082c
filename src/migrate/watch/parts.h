/* The parts of a table, to find those that a rebuild loses. */
#ifndef MIGRATE_PARTS_H
#define MIGRATE_PARTS_H

#include "migrate/revision/revision.h"
#include "schema/model/model.h"

/* A column, a constraint, an option, an index or a trigger. */
struct part {
	const struct table *table;
	const struct index *index;     /* or NULL */
	const struct trigger *trigger; /* or NULL */
	const char *meaning;           /* equal for every spelling */
	const char *sql;   /* canonical SQL found in the statement that
			      creates it */
	const char *label; /* how messages and comments name it: "t.c" */
};

struct parts {
	struct arena *arena;
	struct part *items;
	size_t count;
};

/* Lists the parts of a table, which must have a ddl. */
struct parts parts_of(const struct table *table, const struct schema *schema,
		      struct arena *arena);

/* Removes the parts that others contains too. */
void parts_subtract(struct parts *parts, const struct parts *others);

/*
 * Removes the parts that a revision mentions: in a statement that creates or
 * alters the table, as an index or trigger it creates or drops, or in a comment
 * of its file.
 */
void parts_subtract_named(struct parts *parts, const char *file,
			  const struct sections *sections);

/* Whether a comment of a revision's file contains the words. */
bool comment_mentions(const char *file, const char *words, struct arena *arena);

/* Whether a revision creates or alters the table. */
bool parts_touched(const char *table, const struct sections *sections,
		   struct arena *arena);

#endif

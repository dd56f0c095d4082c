/* What a table is made of, to see what of it is lost. */
#ifndef MIGRATE_PARTS_H
#define MIGRATE_PARTS_H

#include "migrate/revision/revision.h"
#include "schema/model/model.h"

/* A column, a constraint, an option, an index or a trigger. */
struct part {
	const struct table *table;
	const struct index *index;     /* or NULL */
	const struct trigger *trigger; /* or NULL */
	const char *meaning;           /* the same in all spellings */
	const char *sql;               /* what makes it says this, canonical */
	const char *called;            /* what a comment may say */
};

struct parts {
	struct arena *arena;
	struct part *items;
	size_t count;
};

/* Those of a table that has a ddl. */
struct parts parts_of(const struct table *table, const struct schema *schema,
		      struct arena *arena);

/* Takes away those that others have as well. */
void parts_subtract(struct parts *parts, const struct parts *others);

/*
 * Takes away those that a revision names: where it makes the table, or adds to
 * it; as an index or a trigger; or in a comment.
 */
void parts_subtract_named(struct parts *parts, const char *file,
			  const struct sections *sections);

/* Whether a revision makes or alters the table. */
bool parts_touched(const char *table, const struct sections *sections,
		   struct arena *arena);

#endif

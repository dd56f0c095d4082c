/* Counts the rows that the statements of a section delete, by table. */
#ifndef MIGRATE_DELETIONS_H
#define MIGRATE_DELETIONS_H

#include "engine/engine.h"
#include "schema/text/token.h"

struct deletion {
	const char *table;
	/* Rows of the statement that runs: deleted by itself, deleted or
	   changed by ON DELETE, and inserted. */
	int64_t deleted, cascaded, changed, added;
	/* Rows deleted intentionally by earlier statements, minus rows
	   inserted since. */
	int64_t intended;
};

struct deletions {
	struct arena *arena;
	struct deletion *items;
	size_t count;
};

/* The kinds of statements that can delete rows. */
enum verb {
	VERB_DROP,
	VERB_DELETE,
	VERB_REPLACE, /* REPLACE, INSERT OR REPLACE, UPDATE OR REPLACE */
	VERB_OTHER,   /* does not delete rows on purpose */
};
enum verb statement_verb(struct span statement, struct arena *arena);

/* Starts counting into deletions; NULL stops. */
void deletions_watch(struct engine *engine, struct deletions *deletions);

/* Adds the counts of the statement that has just ended to those of earlier
   statements. */
void deletions_end(struct deletions *deletions, enum verb verb);

/* Rows of a table that finished statements deleted on purpose. */
int64_t deletions_intended(const struct deletions *deletions,
			   const char *table);

#endif

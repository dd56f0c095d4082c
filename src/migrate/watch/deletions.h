/* Rows that the statements of a section take from the database's tables. */
#ifndef MIGRATE_DELETIONS_H
#define MIGRATE_DELETIONS_H

#include "engine/engine.h"
#include "schema/text/token.h"

struct deletion {
	const char *table;
	/* By the statement: rows that it deletes itself, those that are deleted
	   or changed along with them, and those that it adds. */
	int64_t rows, along, changed, added;
	/* By those before it, where they say that they delete, without what
	   was put in again. */
	int64_t meant;
};

struct deletions {
	struct arena *arena;
	struct deletion *items;
	size_t count;
};

/* What a statement does that can take rows away. */
enum verb {
	VERB_DROP,
	VERB_DELETE,
	VERB_REPLACE, /* REPLACE, INSERT OR REPLACE, UPDATE OR REPLACE */
	VERB_OTHER,   /* another, which means none */
};
enum verb verb_of(struct span statement, struct arena *arena);

/* From here on what is taken is written down; NULL: it is not. */
void deletions_watch(struct engine *engine, struct deletions *deletions);

/* The statement has ended. */
void deletions_end(struct deletions *deletions, enum verb verb);

/* How many rows of a table were taken on purpose by those that have ended. */
int64_t deletions_meant(const struct deletions *deletions, const char *table);

#endif

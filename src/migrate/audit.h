/*
 * What a section must not do while foreign keys are off: lose rows that it
 * doesn't delete, or leave a row without the one that it refers to.
 */
#ifndef MIGRATE_AUDIT_H
#define MIGRATE_AUDIT_H

#include "migrate/revision.h"
#include "migrate/rows.h"

/* A row that violates a foreign key. */
struct violation {
	const char *table;
	const char *parent; /* NULL: the key leads to no key */
	int64_t rowid;
	bool named; /* the rowid is a column, so that it stays the row's */
};

struct audit {
	struct row_counts rows;
	struct violation *violations;
	size_t nviolations;
};

/* What there is, before the section and after it. */
CHECKED enum status audit_take(struct engine *engine, struct arena *arena,
			       struct audit *out, struct error *e);

/*
 * CONFLICT, with the rows as detail, for a violation that was not there
 * before; and for a table that is still there with fewer rows, unless the
 * section has a DELETE or REPLACE of its rows.  Tables are followed through
 * their renames.
 */
CHECKED enum status audit_compare(const struct audit *before,
				  const struct audit *after,
				  const struct section *section,
				  struct arena *arena, struct error *e);

#endif

/*
 * What a section must not do unseen: lose rows that it doesn't delete, or
 * leave a row without the one that it refers to.
 */
#ifndef MIGRATE_AUDIT_H
#define MIGRATE_AUDIT_H

#include "migrate/watch/audit_keys.h"
#include "migrate/watch/deletions.h"

struct audit {
	const struct section *section;
	bool keys_off;      /* all is watched; else only what is dropped */
	bool needless;      /* nothing is */
	bool drops_keys;    /* it drops an index, which may be unique */
	struct names drops; /* what the section drops, by all its names */
	bool copies;        /* it puts some rows elsewhere */
	struct row_counts rows;
	struct violations violations;
	struct names mismatches; /* where foreign keys are on */
};

/* Before the section, whose foreign keys are off or enforced; it may switch
   them itself. */
CHECKED enum status audit_begin(struct engine *engine, struct arena *arena,
				const struct section *section, bool keys_off,
				struct audit *out, struct error *e);

/*
 * After it: CONFLICT for a table that has fewer rows than it had without those
 * that were deleted on purpose, unless the section drops it without having
 * copied any; for a foreign key that followed its parent to a name that is
 * gone, or whose key is; with foreign keys off also for violations that were not
 * there before.
 * Tables are followed through their renames.
 */
CHECKED enum status audit_end(struct engine *engine, struct arena *arena,
			      const struct audit *before,
			      const struct deletions *deletions,
			      struct error *e);

#endif

/*
 * Checks around a section: no table loses rows that were not deleted on
 * purpose, and no foreign key is violated that was not violated before.
 */
#ifndef MIGRATE_AUDIT_H
#define MIGRATE_AUDIT_H

#include "migrate/watch/audit_keys.h"
#include "migrate/watch/deletions.h"

struct audit {
	const struct section *section;
	bool keys_off;      /* foreign keys are off: check every table,
			    otherwise only dropped ones */
	bool skip;          /* nothing to check */
	bool drops_keys;    /* drops an index, which may be unique */
	bool copies;        /* contains an INSERT … SELECT */
	bool adds_trigger;  /* contains a CREATE TRIGGER */
	bool alters;        /* contains an ALTER or a DROP */
	struct names drops; /* dropped tables, under every name they had in
			       the section */
	struct row_counts rows;
	struct violations violations;
	struct names mismatches; /* if foreign keys are on */
};

/* Records the state before the section runs.  keys_off: its header turns
   foreign keys off; a PRAGMA foreign_keys in it sets out->keys_off as well. */
CHECKED enum status audit_begin(struct engine *engine, struct arena *arena,
				const struct section *section, bool keys_off,
				struct audit *out, struct error *e);

/*
 * Compares the state after the section with before.  CONFLICT if
 * - a table has lost more rows than were deleted on purpose, unless the section
 *   drops it and copies no rows;
 * - a foreign key references a dropped table, or columns that are no longer a
 *   key;
 * - foreign keys are off and a row violates one that it did not violate before.
 * Renamed tables are compared under their new names.
 */
CHECKED enum status audit_end(struct engine *engine, struct arena *arena,
			      const struct audit *before,
			      const struct deletions *deletions,
			      struct error *e);

#endif

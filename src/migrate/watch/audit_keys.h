/* Foreign key violations, before and after a section. */
#ifndef MIGRATE_AUDIT_KEYS_H
#define MIGRATE_AUDIT_KEYS_H

#include "migrate/watch/trace.h"

struct violations {
	struct violation *items;
	size_t count;
};

/* Lists the rows that violate a foreign key now. */
CHECKED enum status violations_read(struct engine *engine, struct arena *arena,
				    struct violations *out, struct error *e);

/* Lists the tables with a foreign key that references columns which are not a
   key: SQLite refuses to change their rows while foreign keys are on. */
CHECKED enum status mismatches_read(struct engine *engine, struct arena *arena,
				    struct names *out, struct error *e);

/* CONFLICT: the table has become one of those. */
enum status fail_no_key(const char *table, struct error *e);

/* The name of a table after the section; NULL if it is gone. */
const char *audit_name(const struct trace_names *names,
		       const struct row_counts *after, const char *table);

/* CONFLICT, with some rows as detail, if after has violations that before
   doesn't have.  rows lists the tables after the section; rows of the tables
   in drops may have new rowids. */
CHECKED enum status violations_compare(const struct violations *before,
				       const struct violations *after,
				       const struct trace_names *names,
				       const struct row_counts *rows,
				       const struct names *drops,
				       struct arena *arena, struct error *e);

/* Sets e->detail to some of the present violations. */
void violations_show(struct engine *engine, struct error *e);

#endif

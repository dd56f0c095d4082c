/* Violations of foreign keys, before a section and after it. */
#ifndef MIGRATE_AUDIT_KEYS_H
#define MIGRATE_AUDIT_KEYS_H

#include "migrate/watch/trace.h"

struct violations {
	struct violation *items;
	size_t count;
};

CHECKED enum status violations_take(struct engine *engine, struct arena *arena,
				    struct violations *out, struct error *e);

/* Tables with a foreign key that leads to no key, which SQLite tells whoever
   changes a row; where foreign keys are on. */
CHECKED enum status mismatches_take(struct engine *engine, struct arena *arena,
				    struct names *out, struct error *e);

/* CONFLICT, for one that is new. */
enum status fail_no_key(const char *table, struct error *e);

/* What the table of that name is called afterwards; NULL: it is gone. */
const char *audit_name(const struct trace_names *names,
		       const struct row_counts *after, const char *table);

/* CONFLICT, with some of them as detail, for those that were not there before;
   rows are those of after; the rows of drops may have got other rowids. */
CHECKED enum status violations_compare(const struct violations *before,
				       const struct violations *after,
				       const struct trace_names *names,
				       const struct row_counts *rows,
				       const struct names *drops,
				       struct arena *arena, struct error *e);

/* Some of those that there are, as an error's detail. */
void violations_show(struct engine *engine, struct error *e);

#endif

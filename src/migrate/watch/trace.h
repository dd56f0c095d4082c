/* What the tables and columns of a schema are called after a run. */
#ifndef MIGRATE_TRACE_H
#define MIGRATE_TRACE_H

#include "migrate/watch/rows.h"
#include "schema/model/model.h"

struct trace {
	const char *table;    /* NULL: its name went to another */
	const char **columns; /* the same for each of its columns */
	size_t ncolumns;
};

/* What one step after another runs. */
struct trace_sections {
	const struct section **items;
	size_t count;
};

/*
 * Follows the ALTER TABLE … RENAME of the sections; one for each table of the
 * schema.  A table that is renamed away so that a new one takes its place is
 * the caller's to notice: there is no table of the name that it got.
 */
struct trace *trace_renames(const struct trace_sections *sections,
			    const struct schema *schema, struct arena *arena);

/* The tables that a section gives other names. */
struct trace_names {
	const char **from, **to;
	size_t count;
	struct names olds, news; /* each RENAME TO as it stands there */
};

struct trace_names trace_tables(const struct section *section,
				const struct row_counts *tables,
				struct arena *arena);

/* What the table of that name is called afterwards; NULL: it was dropped, and
   another one has got its name. */
const char *trace_name(const struct trace_names *names, const char *table);

/* The names that renames connect with a table's: those that it had in between,
   and that of the one which took its place. */
struct names trace_related(const struct trace_names *names, const char *table,
			   struct arena *arena);

/*
 * What the sections write in place of a column's NULLs, as SQL: the second half
 * of coalesce(column, …) or ifnull(column, …) where rows of the table are
 * copied; NULL if there is no such thing.
 */
const char *trace_replacement(const struct trace_sections *sections,
			      const char *table, const char *column,
			      struct arena *arena);

#endif

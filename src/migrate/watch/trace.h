/* Follows tables and columns through the renames of a run. */
#ifndef MIGRATE_TRACE_H
#define MIGRATE_TRACE_H

#include "migrate/watch/rows.h"
#include "schema/model/model.h"

struct trace {
	const char *table;    /* its name now; NULL: another table took it */
	const char **columns; /* the same for each column */
	size_t ncolumns;
};

/* The sections of successive steps. */
struct trace_sections {
	const struct section **items;
	size_t count;
};

/*
 * Applies every ALTER TABLE … RENAME of the sections and returns a trace for
 * each table of the schema.  If a table is renamed away so that a new one takes
 * its place, and then dropped, the trace has a name that no table has: the
 * caller must check.
 */
struct trace *trace_renames(const struct trace_sections *sections,
			    const struct schema *schema, struct arena *arena);

/* The tables that a section renames. */
struct trace_names {
	const char **from, **to;
	size_t count;
	struct names olds, news; /* the names in each RENAME TO, in order */
};

/* Applies the RENAMEs of a section to these tables; NULL: to none. */
struct trace_names trace_tables(const struct section *section,
				const struct row_counts *tables,
				struct arena *arena);

/* The name of a table after the section; NULL if it was dropped and another
   table has taken its name. */
const char *trace_name(const struct trace_names *names, const char *table);

/* All names connected with a table by renames: its own, and that of a table
   that replaced it. */
struct names trace_related(const struct trace_names *names, const char *table,
			   struct arena *arena);

/*
 * The SQL that the sections substitute for a column's NULLs: the second
 * argument of coalesce(column, …) or ifnull(column, …) in a statement that
 * copies the table's rows.  NULL if there is none.
 */
const char *trace_replacement(const struct trace_sections *sections,
			      const char *table, const char *column,
			      struct arena *arena);

#endif

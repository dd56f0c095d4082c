/*
 * Computes the difference between schema.sql and a database in both directions,
 * and asks the questions it raises.
 */
#ifndef MIGRATE_AUTOGENERATE_H
#define MIGRATE_AUTOGENERATE_H

#include "migrate/record/site.h"
#include "schema/diff/diff.h"

struct autogenerate {
	const struct site *site;
	struct schema *have, *want;
	struct rename *renames, *declined;
	size_t nrenames, ndeclined;
	size_t ngiven; /* renames from options; the rest are answers */
	struct fill *fills;
	size_t nfills;
	bool column_order;
	struct diff up, down;
};

/*
 * Reads both schemas.  SCHEMA unless the database is at head and the revisions
 * apply to it.  Warnings about schema.sql become notes.
 */
CHECKED enum status autogenerate_load(const struct site *site,
				      struct autogenerate *out,
				      struct error *e);

/* The same without those checks. */
CHECKED enum status autogenerate_read(const struct site *site,
				      struct autogenerate *out,
				      struct error *e);

/* Reads --rename, --fill and --column-order of the call. */
CHECKED enum status autogenerate_options(struct autogenerate *work,
					 const struct call *call,
					 struct error *e);

/* Answers the question whether something was renamed. */
void autogenerate_decide(struct autogenerate *work,
			 const struct rename *question, bool yes);

/* Fills a column with a value as typed: an SQL literal, otherwise text. */
void autogenerate_add_fill(struct autogenerate *work, const struct fill *fill,
			   const char *said);

/*
 * Computes up.  With ask, asks the questions, or fails with USAGE naming the
 * option if there is no terminal; without, they become notes.
 */
CHECKED enum status autogenerate_up(struct autogenerate *work, bool ask,
				    struct error *e);

/*
 * CONFLICT, with their number and some of them, if the database has rows that
 * up would fail for: duplicates, NULLs, rows that violate a new CHECK.
 */
CHECKED enum status autogenerate_rows(const struct autogenerate *work,
				      struct error *e);

/*
 * Notes views, triggers and the like that would fail after up, if they are new
 * or worked before; with refused, the latter is INVALID.
 */
CHECKED enum status autogenerate_judge(const struct autogenerate *work,
				       bool refused, struct error *e);

/* INVALID for a --fill that would fill no row. */
CHECKED enum status autogenerate_check_fills(const struct autogenerate *work,
					     struct error *e);

/* INVALID for a rename of an unknown table; the hint suggests a column's. */
CHECKED enum status
autogenerate_check_table_rename(const struct autogenerate *work,
				const struct rename *rename, struct error *e);

/* INVALID if to_table is not the new name of a renamed column's table. */
CHECKED enum status autogenerate_check_rename(const struct autogenerate *work,
					      const struct rename *rename,
					      const char *to_table,
					      struct error *e);

/*
 * An option's value, quoted for the shell: TABLE.COLUMN=rest, or TABLE=rest if
 * column is NULL; and that of --rename.
 */
const char *autogenerate_option(const char *table, const char *column,
				const char *rest, struct arena *arena);
const char *autogenerate_rename_option(const struct rename *rename,
				       struct arena *arena);

/* Computes down, and verifies both in memory. */
CHECKED enum status autogenerate_down(struct autogenerate *work,
				      struct error *e);

#endif

/*
 * The difference between the wanted schema (schema.sql) and a database, both
 * ways, with the questions that it raises.
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
	size_t ngiven; /* renames of options; the others were answers */
	struct fill *fills;
	size_t nfills;
	bool column_order;
	struct diff up, down;
};

/*
 * Reads both schemas; the database must be at head and ours.  Warnings about
 * schema.sql become notes.
 */
CHECKED enum status autogenerate_load(const struct site *site,
				      struct autogenerate *out,
				      struct error *e);

/* The same wherever the database is. */
CHECKED enum status autogenerate_read(const struct site *site,
				      struct autogenerate *out,
				      struct error *e);

/* Takes --rename, --fill and --column-order of the call. */
CHECKED enum status autogenerate_options(struct autogenerate *autogenerate,
					 const struct call *call,
					 struct error *e);

/* Answers a question of a rename. */
void autogenerate_decide(struct autogenerate *autogenerate,
			 const struct rename *question, bool yes);

/* Fills a column with what a person said: a literal of SQL, else a text. */
void autogenerate_add_fill(struct autogenerate *autogenerate,
			   const struct fill *fill, const char *said);

/*
 * Computes up.  With ask, questions are asked and those that nobody is there
 * to answer are USAGE errors naming the option; without, they become notes.
 */
CHECKED enum status autogenerate_up(struct autogenerate *autogenerate, bool ask,
				    struct error *e);

/*
 * CONFLICT, with their number and some of them, if the database has rows that
 * up would be refused for: duplicates, rows that break a new CHECK, NULLs.
 */
CHECKED enum status autogenerate_rows(const struct autogenerate *autogenerate,
				      struct error *e);

/*
 * Notes what would not work after up, of what is new or did work before; with
 * refused, the latter is INVALID.
 */
CHECKED enum status autogenerate_judge(const struct autogenerate *autogenerate,
				       bool refused, struct error *e);

/* INVALID for a --fill that no row would get. */
CHECKED enum status
autogenerate_check_fills(const struct autogenerate *autogenerate,
			 struct error *e);

/* INVALID for a rename of a table that isn't there; a column's is hinted at. */
CHECKED enum status
autogenerate_check_table_rename(const struct autogenerate *autogenerate,
				const struct rename *rename, struct error *e);

/* INVALID if to_table is not what the table of a column's rename is called. */
CHECKED enum status
autogenerate_check_rename(const struct autogenerate *autogenerate,
			  const struct rename *rename, const char *to_table,
			  struct error *e);

/*
 * What an option takes, as a word of the shell: TABLE.COLUMN=rest, without a
 * column TABLE=rest; and a rename.
 */
const char *autogenerate_option(const char *table, const char *column,
				const char *rest, struct arena *arena);
const char *autogenerate_rename_option(const struct rename *rename,
				       struct arena *arena);

/* Computes down, and proves both. */
CHECKED enum status autogenerate_down(struct autogenerate *autogenerate,
				      struct error *e);

#endif

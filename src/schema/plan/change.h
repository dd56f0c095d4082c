/*
 * What a difference between two schemas consists of: its changes, its
 * questions, the rows in its way, and the DDL.
 */
#ifndef SCHEMA_CHANGE_H
#define SCHEMA_CHANGE_H

#include "engine/engine.h"
#include "schema/trial/row_copy.h"
#include "schema/model/model.h"
#include "util/buffer.h"

/*
 * A rename, as accepted by a person, an option or an annotation.  It holds in
 * both directions, so the same options serve for up and for down.
 */
struct rename {
	const char *table;  /* its old name */
	const char *column; /* old name; NULL: the table itself */
	const char *to;
};

/* The value of a NOT NULL column in the rows that have none. */
struct fill {
	const char *table, *column;
	const char *value; /* an SQL literal */
};

struct diff_options {
	const struct rename *renames;
	size_t nrenames;
	const struct rename *declined; /* questions answered with no */
	size_t ndeclined;
	const struct fill *fills;
	size_t nfills;
	bool column_order;          /* a changed order of columns is a change */
	const char *const *ordered; /* … of these tables anyway */
	size_t nordered;
	bool fill_zero; /* what fills don't say is 0, '' or, where it
				   must be unique, a number: the way back must
				   be open though the values are gone */
};

/*
 * One found difference.  text is what Alembic says of it: "added table
 * 'users'", "added column 'tasks.due'", "removed index 'i' on 't'" …
 */
struct change {
	const char *text;
	bool silent; /* a part of another change, not to be told */
};

/*
 * Rows that the change would be refused for: count gives their number in the
 * database as it is, show up to five of them, while the diff's copies are made.
 */
struct hazard {
	const char *text;         /* "tasks.user_id becomes NOT NULL" … */
	const char *table;        /* as it is called in the database */
	const char *about;        /* SQL with the columns' new names */
	const char *count, *show; /* SELECTs */
	struct fill fill; /* what helps, but for its value; or no table */
	bool given;       /* it is about nothing but what schema.sql gives */
};

/* What a table is called in the SQL while it is made, before its own name. */
#define TEMPORARY_NEW "_taskmgr_new_"

struct diff {
	struct change *changes;
	size_t nchanges;
	/* What was seen and left alone. */
	const char **notes;
	size_t nnotes;
	/* Renames that look likely and that options did not decide, each table
	   and column in one of them at most.  After a yes (into renames) or a
	   no (into declined) diff_compute may have new ones. */
	struct rename *questions;
	size_t nquestions;
	const char **question_texts; /* "Did you rename … [y/N]" without
					   the [y/N] */
	/* Those that were accepted, of options or comments; of a column the
	   table has its new name. */
	const struct rename *renames;
	size_t nrenames;
	/* NOT NULL columns that need a fill and have none. */
	struct fill *missing;
	size_t nmissing;
	struct hazard *hazards;
	size_t nhazards;
	struct row_copy *copies;
	size_t ncopies;
	/* The DDL that goes from the first to the second, in statements that
	   end with ;\n, and whether it needs foreign keys to be off. */
	const char *sql;
	bool foreign_keys_off;
	/* Tables, by their names before, that a rebuild gives another order of
	   columns unasked: the way back must give them the old one. */
	const char **reordered;
	size_t nreordered;
	/* For diff_prove: the options; the tables that sql is about, by their
	   names before or after; and sql without what is about tables that
	   come or go alone. */
	struct diff_options options;
	const char **touched;
	size_t ntouched;
	const char *proof;
};

#endif

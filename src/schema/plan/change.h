/*
 * The difference between two schemas: its changes, questions, hazards and DDL.
 */
#ifndef SCHEMA_CHANGE_H
#define SCHEMA_CHANGE_H

#include "engine/engine.h"
#include "schema/model/model.h"
#include "schema/trial/row_copy.h"
#include "util/buffer.h"

/*
 * A rename accepted by an answer, an option or an annotation.  It is read in
 * both directions, so the same options serve the upgrade and the downgrade.
 */
struct rename {
	const char *table;  /* old name */
	const char *column; /* old name; NULL: the table is renamed */
	const char *to;     /* new name */
};

/* A value for the rows in which a NOT NULL column has none. */
struct fill {
	const char *table, *column;
	const char *value; /* an SQL literal */
};

struct diff_options {
	const struct rename *renames;
	size_t nrenames;
	const struct rename *declined; /* questions answered no */
	size_t ndeclined;
	const struct fill *fills;
	size_t nfills;
	bool column_order;          /* a different column order is a change */
	const char *const *ordered; /* tables in which it always is */
	size_t nordered;
	/* Without a fill, missing values become 0, '' or, in a unique column,
	   a number: a downgrade must work although the values are gone. */
	bool fill_zero;
};

/*
 * One difference.  text is in Alembic's words: "added table 'users'", "added
 * column 'tasks.due'", "removed index 'i' on 't'" …
 */
struct change {
	const char *text;
	bool silent; /* part of another change, not printed */
};

/*
 * Rows for which the change would fail or lose values.  count selects their
 * number before the change, show up to five of them; both need the diff's
 * copies (trial/row_copy.h).
 */
struct hazard {
	const char *text;         /* "tasks.user_id becomes NOT NULL" … */
	const char *table;        /* name before the change */
	const char *about;        /* condition, in the columns' new names */
	const char *count, *show; /* SELECTs */
	struct fill fill;         /* the fill that would help, with value NULL;
				     table NULL: none */
	bool given; /* the values come from schema.sql, not from rows */
};

/* Prefix of a rebuilt table before it replaces the old one. */
#define TEMPORARY_NEW "_taskmgr_new_"

struct diff {
	struct change *changes;
	size_t nchanges;
	/* Differences that are reported but not changed. */
	const char **notes;
	size_t nnotes;
	/* Likely renames that the options leave open; each table or column is
	   in one at most.  Once they are answered (a yes goes into renames, a
	   no into declined), diff_compute may have new ones. */
	struct rename *questions;
	size_t nquestions;
	const char **question_texts; /* "Did you rename …?" */
	/* Accepted renames; a column's has the table's new name. */
	const struct rename *renames;
	size_t nrenames;
	/* NOT NULL columns that need a fill, with value NULL. */
	struct fill *missing;
	size_t nmissing;
	struct hazard *hazards;
	size_t nhazards;
	struct row_copy *copies;
	size_t ncopies;
	/* DDL that turns from into to, each statement ending in ";\n". */
	const char *sql;
	bool foreign_keys_off; /* sql must run with foreign keys off */
	/* Old names of tables whose columns a rebuild reorders without
	   column_order: the downgrade must restore the old order. */
	const char **reordered;
	size_t nreordered;
	struct diff_options options; /* for diff_prove */
};

#endif

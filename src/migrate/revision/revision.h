/*
 * A revision file: a header of comment lines, and sections of plain SQL.
 *
 *	-- add due date
 *	--
 *	-- revision: 1f2e3d4c5b6a
 *	-- down_revision: 0a1b2c3d4e5f
 *	-- create_date: 2026-11-22 11:07:02
 *
 *	-- migrate:up
 *	ALTER TABLE tasks ADD COLUMN due DATE;
 *
 *	-- migrate:down
 *	ALTER TABLE tasks DROP COLUMN due;
 *
 * More keys: branch_labels, depends_on, foreign_keys: off, transaction: off.
 * One more section: -- migrate:verify.
 */
#ifndef MIGRATE_REVISION_H
#define MIGRATE_REVISION_H

#include <stdbool.h>
#include <stddef.h>

#include "util/error.h"

struct names {
	const char **items;
	size_t count;
};

struct revision {
	const char *name; /* for messages: "versions/1f2e_x.sql" */
	const char *id;
	const char *message;     /* the first line, or "" */
	const char *create_date; /* or "" */
	struct names down;       /* empty for a base, several for a merge */
	struct names depends;    /* ids or labels */
	struct names labels;
	bool foreign_keys_off; /* runs with foreign keys off */
	bool transaction_off;  /* runs outside a transaction */
	bool sql_unknown;      /* run by another tool; can only be stamped */
	bool recorded;         /* has no file, only a record */
	const char *text;      /* the whole file if it was read with its
				   header; or NULL */
};

/* SQL of a section, and the line of the file where it begins. */
struct section {
	const char *text; /* NULL if the file has no such section */
	int line;
};

struct sections {
	struct section up, down, verify;
};

/*
 * Whether the header ends within these bytes, so that they are enough to parse
 * it.
 */
bool revision_header_ends(const char *text, size_t length);

/* Whether a comment would be read as a header key or a section marker. */
bool revision_is_instruction(const char *remark);

/* Parses the header of a file's text.  Errors: SCHEMA, naming file and line. */
CHECKED enum status revision_parse(const char *text, const char *name,
				   struct arena *arena, struct revision *out,
				   struct error *e);

/*
 * Splits a file's text into its sections.  Markers count only between
 * statements.  SCHEMA, naming file and line, for an unknown marker, a duplicate
 * section, no section at all, or an unterminated statement.
 */
CHECKED enum status revision_sections(const char *text, const char *name,
				      struct arena *arena, struct sections *out,
				      struct error *e);

/*
 * A hash, as text, over the tokens of all sections and the header keys that
 * affect how it runs.  White space, comments, line ends and the case of words
 * don't matter.
 */
const char *revision_sum(const struct revision *revision,
			 const struct sections *sections, struct arena *arena);

/* Twelve random hex digits. */
const char *revision_new_id(struct arena *arena);

/* USAGE if id has characters reserved for revision arithmetic; what names it in
   the message. */
CHECKED enum status revision_check_id(const char *id, const char *what,
				      struct error *e);

/* "1f2e3d4c5b6a_add_due_date.sql" */
const char *revision_file_name(const char *id, const char *message,
			       struct arena *arena);

/* "a, b", or none_text if there are none. */
const char *names_text(const struct names *names, const char *none_text,
		       struct arena *arena);
/* For an error: the first NAMES_FEW, "and 7 more". */
enum { NAMES_FEW = 10 };
const char *names_few(const struct names *names, struct arena *arena);
/* Adds a copy of a name. */
void names_add(struct names *names, const char *name, struct arena *arena);
bool names_have(const struct names *names, const char *name);
void names_sort(struct names *names);
/* Splits "a, b" at commas and blanks. */
struct names names_split(const char *text, struct arena *arena);

#endif

/* Writes a new revision file from the folder's template revision.sql.in. */
#ifndef MIGRATE_DRAFT_H
#define MIGRATE_DRAFT_H

#include "migrate/record/site.h"

struct draft {
	const char *id;          /* NULL for a random one */
	const char *message;     /* NULL for "empty message" and no slug */
	const char *create_date; /* NULL for now */
	struct names down, labels, depends;
	bool foreign_keys_off, sql_unknown;
	const char *up, *down_sql; /* SQL, or NULL */
	bool final;                /* has no down section */
};

/*
 * Writes the file into versions/ and prints a note.  Parses the text first, to
 * detect a template that loses something.
 */
CHECKED enum status draft_write(const struct site *site,
				const struct draft *draft, struct error *e);

/* FAILED, with db init as the hint, without a migrations folder. */
CHECKED enum status draft_require_folder(const struct site *site,
					 struct error *e);

#endif

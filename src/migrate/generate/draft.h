/* A new revision file, made of the folder's template revision.sql.in. */
#ifndef MIGRATE_DRAFT_H
#define MIGRATE_DRAFT_H

#include "migrate/record/site.h"

struct draft {
	const char *id;          /* NULL: a random one */
	const char *message;     /* NULL: "empty message", and no slug */
	const char *create_date; /* NULL: now */
	struct names down, labels, depends;
	bool foreign_keys_off, sql_unknown;
	const char *up, *down_sql; /* SQL; NULL: none yet */
	bool final;                /* it has no down section */
};

/*
 * Writes the file into versions/ and notes that.  It is read back before it
 * is written, so that a template which loses something is found out.
 */
CHECKED enum status draft_write(const struct site *site,
				const struct draft *draft, struct error *e);

/* FAILED, naming db init, where there is no folder to write to. */
CHECKED enum status draft_require_folder(const struct site *site,
					 struct error *e);

#endif

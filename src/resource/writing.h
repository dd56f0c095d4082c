/* A record on its way into its table; private to resource/. */
#ifndef RESOURCE_WRITING_H
#define RESOURCE_WRITING_H

#include "resource/inside.h"

/* A reference that a later record may still make good. */
struct promise {
	const struct reference *reference;
	struct value value;
	long record;
};

struct writing;

struct promises {
	struct promise *items;
	size_t count;
	/* Records that were written while a reference was not yet good. */
	const struct writing **records;
	size_t nrecords;
};

/*
 * One record by column, the rowid behind them all where it is the key.  Every
 * write goes through these steps: take the fields, follow the references,
 * fill what is automatic, and let the engine judge the rest.
 */
struct writing {
	struct call *call;
	const struct resource *resource;
	const struct fields *record;
	struct value *values;
	bool *given;
	size_t count; /* of both */
	bool update;
	struct promises *promises; /* NULL: references hold at once */
	long position;             /* of the record */
};

/* Takes the record's fields; NOT_FOUND for a reference that leads nowhere. */
CHECKED enum status writing_take(struct writing *writing, struct error *e);

/*
 * Judges the promises that records made about each other, and what the engine
 * itself left for the commit.
 */
CHECKED enum status promises_check(struct call *call,
				   const struct promises *promises,
				   struct error *e);

/* Fills the slug from its source, or judges the one that was given. */
CHECKED enum status writing_slug(struct writing *writing, struct error *e);

/* Inserts the record, or updates the row of key, and emits the row as it is
   then. */
CHECKED enum status writing_insert(struct writing *writing, struct error *e);
CHECKED enum status writing_update(struct writing *writing,
				   const struct row_key *key, struct error *e);

/*
 * Says why the engine refused the record, in the words of the resource; key
 * is the row's that was to be updated, NULL for a new one.  row is the record
 * as it would have been, by column; name is the engine's.
 */
CHECKED enum status refuse_write(const struct writing *writing,
				 const struct row_key *key, struct error *e);
CHECKED enum status refuse_unique(const struct writing *writing,
				  const struct value *row, const char *name,
				  struct error *e);
/* The same for what only the commit would refuse, of a record and of many. */
CHECKED enum status writing_check_deferred(const struct writing *writing,
					   const struct row_key *key,
					   struct error *e);
CHECKED enum status promises_check_deferred(struct call *call,
					    const struct promises *promises,
					    struct error *e);
/* Whether a reference of the record names a row that is not there, which e
   then says. */
bool refuse_missing(const struct writing *writing, const struct value *row,
		    struct error *e);
CHECKED enum status refuse_broken(struct error *e);
CHECKED enum status refuse_reference(const struct writing *writing,
				     const struct row_key *key,
				     const struct value *row, struct error *e);

#endif

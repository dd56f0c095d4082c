/* Writes a record into its table; private to resource/. */
#ifndef RESOURCE_WRITE_WRITING_H
#define RESOURCE_WRITE_WRITING_H

#include "resource/key/key.h"

/* A reference to a row that a later record of the batch may create. */
struct promise {
	const struct reference *reference;
	struct value value;
	long record;
};

struct writing;

struct promises {
	struct arena *arena;  /* of these lists */
	const char *position; /* what their positions count: "record" */
	struct promise *items;
	size_t count;
	/* Records written while a reference was still unresolved. */
	const struct writing **records;
	size_t nrecords;
};

/*
 * One record by column; the rowid comes last if it is the key.  Every write
 * takes these steps: read the fields, resolve the references, fill automatic
 * columns, and let the engine check the rest.
 */
struct writing {
	struct call *call;
	const struct resource *resource;
	const struct fields *record;
	struct value *values;
	bool *given;
	size_t count; /* of both */
	bool update;
	struct promises *promises; /* NULL: references must exist already */
	long position;             /* of the record in the batch */
	struct value *stored;      /* by column: gets the stored row; or NULL */
};

void writing_init(struct writing *writing, struct call *call,
		  const struct fields *record, bool update);

/* Takes the record's fields and fills what is automatic: all but the writing
   of a new row, and the whole change of the row of key. */
CHECKED enum status writing_prepare(struct writing *writing, struct error *e);
CHECKED enum status writing_change(struct writing *writing,
				   const struct row_key *key, struct error *e);

/*
 * An INSERT that is kept from record to record while they give the same
 * columns.
 */
struct insertion {
	bool *given;  /* the columns, with room for all */
	bool returns; /* the row is emitted */
	bool skips;   /* a row whose unique values are taken is skipped */
	/* private */
	struct statement *statement;
	struct statement *again; /* reads the row as it was stored */
};

/* Declares one for the call's table, released at the end of its block. */
#define INSERTION(name, call, ...) \
	__attribute__((cleanup(insertion_clear))) struct insertion name = { \
		.given = insertion_columns(call), __VA_ARGS__ \
	}
bool *insertion_columns(const struct call *call);
void insertion_clear(struct insertion *insertion);

/* Inserts the record and emits nothing.  *written: the row is there; else it
   was skipped. */
CHECKED enum status insertion_run(struct insertion *insertion,
				  struct writing *writing, bool *written,
				  struct error *e);

/* Whether the engine refused the record for a row that has a unique value of
   it, and which; before anything else fails. */
bool writing_conflicts(const struct writing *writing, struct row_key *holder);

/* Reads the record's fields; NOT_FOUND if a referenced row does not exist. */
CHECKED enum status writing_take(struct writing *writing, struct error *e);

/*
 * Checks the references between the records of a batch; NOT_FOUND for one whose
 * row was not created.
 */
CHECKED enum status promises_check(struct call *call,
				   const struct promises *promises,
				   struct error *e);

/* Makes the slug from its source, or checks the one that was given. */
CHECKED enum status writing_slug(struct writing *writing, struct error *e);

/* Inserts the record, or updates the row of key, and emits the stored row. */
CHECKED enum status writing_insert(struct writing *writing,
				   struct insertion *insertion,
				   struct error *e);
CHECKED enum status writing_update(struct writing *writing,
				   const struct row_key *key, struct error *e);

/*
 * Explains why the engine refused the record; key is the row's to update, NULL
 * for a new one.  row is the row as it would have been stored, by column; name
 * is the engine's for the constraint.
 */
CHECKED enum status refuse_write(const struct writing *writing,
				 const struct row_key *key, struct error *e);
bool find_unique_holder(const struct writing *writing, const struct value *row,
			const char *name, struct row_key *holder);
CHECKED enum status refuse_unique(const struct writing *writing,
				  const struct value *row, const char *name,
				  struct error *e);
/* The same for deferred constraints, for one record and for a batch. */
CHECKED enum status writing_check_deferred(const struct writing *writing,
					   const struct row_key *key,
					   struct error *e);
CHECKED enum status promises_check_deferred(struct call *call,
					    const struct promises *promises,
					    struct error *e);
/* Whether the record references a missing row; if so, sets e. */
bool refuse_missing(const struct writing *writing, const struct value *row,
		    struct error *e);
CHECKED enum status refuse_broken(struct error *e);
CHECKED enum status refuse_reference(const struct writing *writing,
				     const struct row_key *key,
				     const struct value *row, struct error *e);

#endif

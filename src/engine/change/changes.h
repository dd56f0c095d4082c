/*
 * What a transaction does to rows, as a changeset that can be applied again or
 * inverted (sqlite.org/sessionintro.html).
 */
#ifndef ENGINE_CHANGE_CHANGES_H
#define ENGINE_CHANGE_CHANGES_H

#include "engine/engine.h"

struct changes;

struct changeset {
	void *data; /* NULL: nothing */
	size_t length;
	int64_t rows;
	const char *reason; /* why the changeset is incomplete; or NULL */
};

/*
 * Records the changes of rows from here to changes_end, which returns them in
 * arena, or to changes_drop.  Not together with engine_on_row.  Beyond limit
 * bytes recording stops.
 */
CHECKED enum status changes_begin(struct engine *engine, size_t limit,
				  struct changes **out, struct error *e);
CHECKED enum status changes_end(struct changes *changes, struct arena *arena,
				struct changeset *out, struct error *e);
void changes_drop(struct changes *changes);

/* A number for the definitions of the tables that a changeset is about: another
   one if one of them was changed. */
CHECKED enum status changes_fingerprint(struct engine *engine,
					const struct changeset *set,
					int64_t *out, struct error *e);

/*
 * Applies a changeset, or takes it back, without triggers and the actions of
 * foreign keys: what these did is in it.  In a transaction, which the caller
 * rolls back on CONFLICT: the detail names rows that were changed since, or
 * would be left without the row that they refer to.
 */
CHECKED enum status changes_apply(struct engine *engine,
				  const struct changeset *set, bool back,
				  struct error *e);

#endif

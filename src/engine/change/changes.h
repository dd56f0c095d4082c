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
	const char *reason;  /* why the changeset is incomplete; or NULL */
	int64_t fingerprint; /* changes_fingerprint's */
};

/*
 * Records the changes of rows from here to changes_end, which returns them in
 * arena, or to changes_drop.  Recording stops beyond limit bytes.
 */
CHECKED enum status changes_begin(struct engine *engine, size_t limit,
				  struct changes **out, struct error *e);
CHECKED enum status changes_end(struct changes *changes, struct arena *arena,
				struct changeset *out, struct error *e);
void changes_drop(struct changes *changes);

/* The number of rows changed since the database was opened, also by triggers,
   foreign keys, and what was rolled back. */
int64_t changes_total(const struct engine *engine);

/* A hash of the definitions of the tables in a changeset: it differs if one of
   them was changed since. */
CHECKED enum status changes_fingerprint(struct engine *engine,
					const struct changeset *set,
					int64_t *out, struct error *e);

/*
 * Applies a changeset, or reverts it, without running triggers or the actions
 * of foreign keys: the changeset contains their changes.  Needs a transaction,
 * which the caller rolls back on CONFLICT; the detail then names rows that were
 * changed since, or would refer to a missing row.
 */
CHECKED enum status changes_apply(struct engine *engine,
				  const struct changeset *set, bool back,
				  struct error *e);

#endif

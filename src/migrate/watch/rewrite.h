/*
 * Finds values that change when a rebuild copies them into a column of another
 * type ('007' into an INTEGER); there may have been none when the revision was
 * written.
 */
#ifndef MIGRATE_REWRITE_H
#define MIGRATE_REWRITE_H

#include "engine/engine.h"
#include "util/buffer.h"

/*
 * Call after a statement and before the next one.  If it is a rebuild's copy,
 * appends the changed values to found ("2 values of t.a"), and to rows, which
 * may be NULL, up to five rows that the first of those columns changes in.
 */
CHECKED enum status rewrite_find(struct engine *engine, const char *statement,
				 size_t length, struct buffer *found,
				 struct buffer *rows, struct error *e);

#endif

/*
 * Values that change when a rebuild copies them into a column of another type:
 * '007' into an INTEGER.  A revision may have been written where there were
 * none of them.
 */
#ifndef MIGRATE_REWRITE_H
#define MIGRATE_REWRITE_H

#include "engine/engine.h"
#include "util/buffer.h"

/*
 * To be called when a statement has run, before the next one.  If it is the
 * copy of a rebuild, adds to found what was changed, "2 values of t.a", and to
 * rows, which may be NULL, up to five rows of the first column.
 */
CHECKED enum status rewrite_find(struct engine *engine, const char *statement,
				 size_t length, struct buffer *found,
				 struct buffer *rows, struct error *e);

#endif

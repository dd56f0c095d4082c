/*
 * Finds sections that discard no data, whose freed pages need not be
 * overwritten.
 */
#ifndef MIGRATE_WIPE_H
#define MIGRATE_WIPE_H

#include "engine/engine.h"
#include "migrate/revision/revision.h"

/*
 * Sets *needless to false if the section deletes or updates rows, or drops
 * anything other than a table of which the preceding INSERT … SELECT copied
 * every column (as a rebuild does).  Reads the tables' columns, so call it
 * before the section runs.
 */
CHECKED enum status wipe_is_needless(struct engine *engine,
				     const struct section *section,
				     struct arena *arena, bool *needless,
				     struct error *e);

#endif

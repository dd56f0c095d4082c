/*
 * Whether a section throws nothing away, so that what it frees in the file
 * need not be overwritten.
 */
#ifndef MIGRATE_WIPE_H
#define MIGRATE_WIPE_H

#include "engine/engine.h"
#include "migrate/revision/revision.h"

/*
 * False if the section deletes, updates or drops anything but tables whose
 * every column was copied by the INSERT … SELECT … FROM before: a rebuild's.
 * Reads the tables' columns, so it is asked before the section runs.
 */
CHECKED enum status wipe_is_needless(struct engine *engine,
				     const struct section *section,
				     struct arena *arena, bool *needless,
				     struct error *e);

#endif

/*
 * A database in memory with a part of a schema and no rows, where statements
 * are tried before they are written down: what SQLite would make of an ALTER
 * is asked of SQLite.
 */
#ifndef SCHEMA_WORLD_H
#define SCHEMA_WORLD_H

#include "engine/engine.h"
#include "schema/model/model.h"

/*
 * Adds to in (one flag for each table of schema) what must be there for the
 * chosen tables to be altered as in the whole: every view and trigger, since
 * SQLite reads them all again, and the tables that these name.
 */
void world_complete(const struct schema *schema, bool *in, struct arena *arena);

/* Adds the tables that a text names. */
void world_add_named(const struct schema *schema, const char *sql, bool *in,
		     struct arena *arena);

/* Adds the tables whose foreign keys lead to the chosen ones. */
void world_add_children(const struct schema *schema, bool *in,
			struct arena *arena);

/* Adds the tables that foreign keys of the chosen ones reference. */
void world_add_parents(const struct schema *schema, bool *in);

/*
 * Makes the chosen tables with their indexes, triggers and views.  Foreign
 * keys are off.  What the engine lacks is missing if have does not name it;
 * NULL: nothing is.
 */
CHECKED enum status world_open(const struct schema *schema, const bool *in,
			       const struct schema *have, struct engine **out,
			       struct error *e);

CHECKED enum status world_run(struct engine *world, const char *sql,
			      struct error *e);

/*
 * Tries statements.  If they run they are still to be kept or undone; a
 * failure leaves nothing behind.
 */
CHECKED bool world_try(struct engine *world, const char *sql);
void world_keep(struct engine *world);
void world_undo(struct engine *world);

#endif

/*
 * A world is an in-memory database with part of a schema and no rows, in which
 * statements are tried before they are written.  The part is chosen by in,
 * with a flag for each table of the schema.
 */
#ifndef SCHEMA_WORLD_H
#define SCHEMA_WORLD_H

#include "engine/engine.h"
#include "schema/model/model.h"

/*
 * Adds what ALTER TABLE needs to behave as in the whole schema: every view and
 * trigger, as SQLite parses them all again, and the tables that they name.
 */
void world_complete(const struct schema *schema, bool *in, struct arena *arena);

/* Adds the tables whose foreign keys reference the chosen ones. */
void world_add_children(const struct schema *schema, bool *in,
			struct arena *arena);

/* Adds the tables that the chosen ones reference. */
void world_add_parents(const struct schema *schema, bool *in);

/*
 * Creates the chosen tables and views with their indexes and triggers; foreign
 * keys are off.  have as in schema_read_text.
 */
CHECKED enum status world_open(const struct schema *schema, const bool *in,
			       const struct schema *have, struct engine **out,
			       struct error *e);

/* Runs statements. */
CHECKED enum status world_run(struct engine *world, const char *sql,
			      struct error *e);

/*
 * Tries statements.  If it returns true, the caller must call world_keep or
 * world_undo; a failed attempt is undone.
 */
CHECKED bool world_try(struct engine *world, const char *sql);
void world_keep(struct engine *world);
void world_undo(struct engine *world);

#endif

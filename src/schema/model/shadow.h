/* Shadow tables, in which a virtual table keeps its data. */
#ifndef SCHEMA_SHADOW_H
#define SCHEMA_SHADOW_H

#include "schema/model/model.h"

/*
 * Removes the shadow tables from schema.  SQLite recognises them by name only
 * ("f_content" for an FTS table f), but with some options the module creates no
 * such table, so it may be one of the user's: the content of an
 * external-content FTS5 table, say.  Those become ordinary tables.
 */
void shadows_drop(struct schema *schema);

#endif

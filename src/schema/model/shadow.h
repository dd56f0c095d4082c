/* The tables that a virtual table keeps for itself. */
#ifndef SCHEMA_SHADOW_H
#define SCHEMA_SHADOW_H

#include "schema/model/model.h"

/*
 * SQLite tells shadows by their names alone ("f_content" beside an FTS table
 * f), though with some options the module makes none of that name, and what is
 * there is somebody's own: an FTS5 table's external content.  Those become
 * ordinary tables again; the others are taken out.
 */
void shadows_drop(struct schema *schema);

#endif

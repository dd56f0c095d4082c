/* The database of a folder that is under Alembic. */
#ifndef MIGRATE_ALEMBIC_URL_H
#define MIGRATE_ALEMBIC_URL_H

#include "util/arena.h"

/*
 * What alembic.ini in the current folder says under sqlalchemy.url, in arena;
 * NULL if there is no such file or it says none.  %(here)s is the folder.
 */
const char *alembic_url(struct arena *arena);

#endif

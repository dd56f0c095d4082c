/* The database URL of an Alembic project. */
#ifndef MIGRATE_ALEMBIC_URL_H
#define MIGRATE_ALEMBIC_URL_H

#include "util/arena.h"

/*
 * The value of sqlalchemy.url in alembic.ini in the current folder, in arena;
 * NULL if the file or the value is missing.  %(here)s is the folder.
 */
const char *alembic_url(struct arena *arena);

#endif

/*
 * What a DROP TABLE takes along: with foreign keys on SQLite deletes the rows
 * first, and ON DELETE does to other tables' rows what it says
 * (sqlite.org/foreignkeys.html#fk_schemacommands), which a table that is made
 * anew and renamed is never meant to do.
 */
#ifndef MIGRATE_CASCADE_H
#define MIGRATE_CASCADE_H

#include "engine/engine.h"

/*
 * To be called before a statement runs; rest is the text behind it.  CONFLICT
 * if it is a DROP TABLE that would delete or change rows of a table which the
 * rest doesn't drop as well.
 */
CHECKED enum status cascade_check(struct engine *engine, const char *statement,
				  size_t length, const char *rest,
				  struct error *e);

#endif

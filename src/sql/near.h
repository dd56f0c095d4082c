/* Names close to one that SQL could not find; private to sql/. */
#ifndef SQL_NEAR_H
#define SQL_NEAR_H

#include "engine/engine.h"

/* Suggests tables or columns to an error "no such table" or "no such column" of
   this SQL. */
void near_suggest(struct engine *engine, const char *sql, struct error *e);

#endif

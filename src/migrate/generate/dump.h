/* Writes a schema as DDL. */
#ifndef MIGRATE_DUMP_H
#define MIGRATE_DUMP_H

#include "schema/model/model.h"
#include "util/arena.h"

/* A table with its indexes and triggers, each statement ends with ";\n". */
const char *dump_table(const struct table *table, struct arena *arena);

/* The whole schema, blank lines between the tables. */
const char *dump_schema(const struct schema *schema, struct arena *arena);

#endif

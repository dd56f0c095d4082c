/* Completion of SQL: the names of tables and of their columns. */
#ifndef DESCRIBE_COMPLETE_SQL_H
#define DESCRIBE_COMPLETE_SQL_H

#include "catalog/catalog.h"

/* Where the name at the end of an SQL text begins. */
size_t complete_sql_word(const char *sql);

/*
 * Offers what may follow the SQL before: the columns of a table or alias with a
 * dot after it; else tables, and the columns of those that the SQL names.
 */
void complete_sql(const struct catalog *catalog, const char *before,
		  struct arena *arena, offer_candidate *offer, void *data);

#endif

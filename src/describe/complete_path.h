/* Completion of columns and related rows, id,user.age, and of conditions. */
#ifndef DESCRIBE_COMPLETE_PATH_H
#define DESCRIBE_COMPLETE_PATH_H

#include "catalog/catalog.h"

/* Where the name at the end of a list begins. */
size_t complete_path_word(const char *list);

/* Where the last condition begins: after a parenthesis, or a blank and "and",
   "or" or "not". */
size_t complete_condition_word(const char *text);

/*
 * Offers what may follow the list before: the columns of an operation, or the
 * rows that its --with adds; after a dot those of the row that is named.
 */
void complete_path(const struct catalog *catalog,
		   const struct operation *operation,
		   enum parameter_values values, const char *before,
		   struct arena *arena, offer_candidate *offer, void *data);

/* Whose row a path such as "user." is; NULL if it names no single one. */
const struct resource *complete_reference(const struct catalog *catalog,
					  const struct operation *operation,
					  const char *path,
					  struct arena *arena);

#endif

/* Completion of lists of columns and of related rows: id,user.age. */
#ifndef DESCRIBE_COMPLETE_PATH_H
#define DESCRIBE_COMPLETE_PATH_H

#include "catalog/catalog.h"

/* Where the name at the end of a list begins. */
size_t complete_path_word(const char *list);

/*
 * Offers the columns of an operation, or the rows that --with adds to its own,
 * that may follow the list before; after a dot those of the row it names.
 */
void complete_columns(const struct catalog *catalog,
		      const struct operation *operation, const char *before,
		      struct arena *arena, offer_candidate *offer, void *data);
void complete_related(const struct catalog *catalog,
		      const struct operation *operation, const char *before,
		      struct arena *arena, offer_candidate *offer, void *data);

#endif

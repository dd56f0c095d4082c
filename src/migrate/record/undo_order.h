/* The order in which a downgrade reverts revisions. */
#ifndef MIGRATE_UNDO_ORDER_H
#define MIGRATE_UNDO_ORDER_H

#include "migrate/record/site.h"

/*
 * Sorts nodes, given in an order that the graph allows: where the graph leaves
 * a choice, the revision applied last (by the database's log) comes first, as
 * it may depend on one of another branch without declaring it.
 */
CHECKED enum status undo_sort(const struct site *site, struct nodes *nodes,
			      struct error *e);

#endif

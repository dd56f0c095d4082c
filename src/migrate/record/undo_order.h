/* In which order a downgrade takes revisions back. */
#ifndef MIGRATE_UNDO_ORDER_H
#define MIGRATE_UNDO_ORDER_H

#include "migrate/record/site.h"

/*
 * Where the graph leaves a choice, what was applied last, as the database's log
 * has it, goes first: a revision may stand on one of another branch that it
 * does not name.  nodes come in an order that the graph allows.
 */
CHECKED enum status undo_order(const struct site *site, struct nodes *nodes,
			       struct error *e);

#endif

/*
 * Revision arithmetic: what a person types to name revisions.
 *
 *	head heads base current, an id or the beginning of one, a label
 *	LABEL@head, LABEL@base, ID@heads	of one branch
 *	head-1 base+2 ID+1 LABEL@ID-1		so many steps from there
 *	+2 -1 LABEL@-1				so many from where we are
 */
#ifndef MIGRATE_TARGET_H
#define MIGRATE_TARGET_H

#include "migrate/graph/graph.h"

struct target {
	struct nodes nodes; /* none: the base */
	long branch;        /* a node of the branch meant, GRAPH_NONE */
	bool whole_branch;  /* LABEL@base: the branch, its root too */
	long steps;         /* +2, -1: from where we are; else 0 */
};

/*
 * What spec names in a database that is at current.  NOT_FOUND for an id
 * that isn't there; FAILED for a walk that leads too far or has two ways;
 * SCHEMA where "head" has several.
 */
CHECKED enum status target_find(const struct graph *graph,
				const struct nodes *current, const char *spec,
				struct arena *arena, struct target *out,
				struct error *e);

/*
 * What an upgrade to target has to run, in order, and what a downgrade to it
 * has to run back, in order.
 */
CHECKED enum status target_upgrades(const struct graph *graph,
				    const struct nodes *current,
				    const struct target *target,
				    struct arena *arena, struct nodes *out,
				    struct error *e);
CHECKED enum status target_downgrades(const struct graph *graph,
				      const struct nodes *current,
				      const struct target *target,
				      struct arena *arena, struct nodes *out,
				      struct error *e);

/* Where a database that is at current is after node was run, or run back. */
struct nodes target_step(const struct graph *graph, const struct nodes *current,
			 size_t node, bool up, struct arena *arena);

/* The nodes of A:B, A: or :B, newest first; A is in it, as in Alembic. */
CHECKED enum status target_range(const struct graph *graph,
				 const struct nodes *current, const char *spec,
				 struct arena *arena, struct nodes *out,
				 struct error *e);

#endif

/*
 * Revision arithmetic: how users name revisions.
 *
 *	head heads base current, an id or a prefix of one, a label
 *	LABEL@head, LABEL@base, ID@heads	of one branch
 *	head-1 base+2 ID+1 LABEL@ID-1		steps from that revision
 *	+2 -1 LABEL@-1				steps from the current one
 */
#ifndef MIGRATE_TARGET_H
#define MIGRATE_TARGET_H

#include "migrate/graph/graph.h"

struct target {
	struct nodes nodes; /* empty for the base */
	long branch;        /* a node of the branch, or GRAPH_NONE */
	bool whole_branch;  /* LABEL@base: includes the branch's root */
	long steps;         /* +2, -1 from the current revisions; else 0 */
};

/*
 * Resolves spec for a database at current.  NOT_FOUND for an unknown id; FAILED
 * for steps that go too far or are ambiguous; SCHEMA if "head" is ambiguous.
 */
CHECKED enum status target_find(const struct graph *graph,
				const struct nodes *current, const char *spec,
				struct arena *arena, struct target *out,
				struct error *e);

/*
 * Lists the revisions that an upgrade to target must run, or a downgrade to it
 * must revert, in order.
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

/* The current revisions after node was run, or reverted if !up. */
struct nodes target_step(const struct graph *graph, const struct nodes *current,
			 size_t node, bool up, struct arena *arena);

/* Lists the nodes of A:B, A: or :B, newest first; includes A, as in Alembic. */
CHECKED enum status target_range(const struct graph *graph,
				 const struct nodes *current, const char *spec,
				 struct arena *arena, struct nodes *out,
				 struct error *e);

#endif

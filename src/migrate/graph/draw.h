/* Draws the graph like git log --graph: the newest on top. */
#ifndef MIGRATE_DRAW_H
#define MIGRATE_DRAW_H

#include "migrate/graph/graph.h"
#include "util/buffer.h"

/* The node at the lower end of each column of the drawing. */
struct lanes {
	size_t *nodes;
	int count;
};

enum draw_row { ROW_REST, ROW_SPREAD, ROW_NODE, ROW_FORK, ROW_SLIDE };

struct draw {
	const struct graph *graph;
	const bool *shown;
	struct arena *arena;
	struct lanes lanes, below; /* above the node, and below it */
	struct nodes parents;      /* the shown ones */
	int at;                    /* the node's lane */
	int width;                 /* of the node's rows, in positions */
	/*
	 * By position: the lane that a stroke ends in, or -1; the same for the
	 * previous row.
	 */
	int *edges, *drawn;
	int nedges, ndrawn;
	/* Of a merge: whether its first parent has a lane to the left, and the
	   number of lanes added to the right; -1 if the last joins at once. */
	bool leans;
	int added;
	enum draw_row last; /* the previous row, and at and added of its node */
	int last_at, last_added;
};

/* Begins a drawing; shown marks the nodes that will be drawn. */
struct draw draw_of(const struct graph *graph, const bool *shown,
		    struct arena *arena);

/*
 * The shown nodes in the order of git's --topo-order: a line of history
 * continues until it meets another.
 */
struct nodes draw_order(const struct graph *graph, const bool *shown,
			struct arena *arena);

/*
 * The text of a node, one or more lines, with the drawing before each line;
 * without a newline after the last.
 */
const char *draw_node(struct draw *draw, size_t node, const char *text);

#endif

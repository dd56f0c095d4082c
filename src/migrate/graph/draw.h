/* The graph as lines, as git log --graph draws it: the newest on top. */
#ifndef MIGRATE_DRAW_H
#define MIGRATE_DRAW_H

#include "migrate/graph/graph.h"
#include "util/buffer.h"

/* What each column of the drawing waits for. */
struct lanes {
	size_t *nodes;
	int count;
};

enum draw_row { ROW_REST, ROW_SPREAD, ROW_NODE, ROW_FORK, ROW_SLIDE };

struct draw {
	const struct graph *graph;
	const bool *shown;
	struct arena *arena;
	struct lanes lanes, below; /* in front of the node, and behind it */
	struct nodes parents;      /* those that are shown */
	int at;                    /* the node's lane */
	int width;                 /* of its rows, in positions */
	/* By position: the lane that a stroke leads to, -1 where there is
	   none; and the same in the row before. */
	int *edges, *drawn;
	int nedges, ndrawn;
	/* Of a merge: whether its first parent has a lane to the left, and
	   how many lanes it adds to the right; -1: the last joins at once. */
	bool leans;
	int added;
	enum draw_row last; /* the row before, and these of its node */
	int last_at, last_added;
};

/* shown has a mark for each node that will be drawn. */
struct draw draw_of(const struct graph *graph, const bool *shown,
		    struct arena *arena);

/*
 * The nodes that are shown as git's --topo-order has them: a line of history
 * goes on until it meets another.
 */
struct nodes draw_order(const struct graph *graph, const bool *shown,
			struct arena *arena);

/*
 * The text of a node, many lines or one, with the drawing before each line;
 * without a line end behind the last.
 */
const char *draw_node(struct draw *draw, size_t node, const char *text);

#endif

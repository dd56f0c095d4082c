/* The graph as lines, as git log --graph draws it: the newest on top. */
#ifndef MIGRATE_DRAW_H
#define MIGRATE_DRAW_H

#include "migrate/graph.h"
#include "util/buffer.h"

/* The columns of the drawing; each waits for the node that is next in it. */
struct draw {
	const struct graph *graph;
	size_t *lanes;
	size_t nlanes;
	bool ended; /* the last lane, with the node before */
};

struct draw draw_of(const struct graph *graph, struct arena *arena);

/*
 * The text of a node, many lines or one, with the drawing before each line.
 * Nodes come newest first; those that were left out are passed over.
 */
const char *draw_node(struct draw *draw, size_t node, const char *text,
		      struct arena *arena);

#endif

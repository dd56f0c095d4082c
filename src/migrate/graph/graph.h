/*
 * The graph of revisions.  Nodes stand in an order in which every revision
 * comes after those it needs, the older (create_date, then id) before the
 * younger where that leaves a choice; so the order is the same in every run,
 * and a sweep over the array is a walk over the graph.
 */
#ifndef MIGRATE_GRAPH_H
#define MIGRATE_GRAPH_H

#include "migrate/revision/revision.h"

/* Positions of nodes, ascending. */
struct nodes {
	size_t *items;
	size_t count;
};

struct node {
	const struct revision *revision;
	struct nodes down;     /* its down revisions */
	struct nodes needs;    /* those and what it depends on */
	struct nodes children; /* revisions that have it as down revision */
	struct nodes users;    /* children, and those that depend on it */
	struct names labels;   /* its own and those of its branch */
};

struct slot;

struct graph {
	struct node *nodes;
	size_t count;
	struct slot *slots; /* ids and labels, hashed */
	size_t nslots;
	struct names labels;
};

enum { GRAPH_NONE = -1 };

/*
 * Builds the graph.  SCHEMA in one line that names the files for an id or
 * label that two revisions have, a parent that is missing, a cycle.
 */
CHECKED enum status graph_build(const struct revision *revisions, size_t count,
				struct arena *arena, struct graph *out,
				struct error *e);

/* The node with exactly this id, or GRAPH_NONE. */
long graph_find(const struct graph *graph, const char *id);

/* The node that carries this label, or GRAPH_NONE. */
long graph_find_label(const struct graph *graph, const char *label);

/*
 * The node named by an id, the unique beginning of one, or a label.
 * NOT_FOUND in Alembic's words, with the candidates or the close names.
 */
CHECKED enum status graph_locate(const struct graph *graph, const char *name,
				 struct arena *arena, size_t *out,
				 struct error *e);

/* Heads have no children; real heads have none that depend on them either. */
bool node_is_head(const struct graph *graph, size_t node);
bool node_is_real_head(const struct graph *graph, size_t node);
struct nodes graph_heads(const struct graph *graph, struct arena *arena);

/*
 * Sets of nodes as one mark per node.  graph_mark starts one; ancestors and
 * descendants grow it, over depends_on too.  graph_marked lists it.
 */
bool *graph_mark(const struct graph *graph, const struct nodes *nodes,
		 struct arena *arena);
void graph_ancestors(const struct graph *graph, bool *marks);
void graph_descendants(const struct graph *graph, bool *marks);
struct nodes graph_marked(const struct graph *graph, const bool *marks,
			  struct arena *arena);
/* The same, over down revisions alone: the lineage of a branch. */
void graph_lineage(const struct graph *graph, bool *marks);

/* Leaves only those nodes that no other of them is above. */
void graph_reduce(const struct graph *graph, struct nodes *nodes,
		  struct arena *arena);

void nodes_add(struct nodes *nodes, size_t node, struct arena *arena);
bool nodes_have(const struct nodes *nodes, size_t node);
bool nodes_equal(const struct nodes *a, const struct nodes *b);
/* Their ids, "a, b". */
const char *nodes_text(const struct graph *graph, const struct nodes *nodes,
		       struct arena *arena);

#endif

/*
 * The graph of revisions.  The nodes are in topological order: every revision
 * comes after those it needs and, where that leaves a choice, older ones
 * (create_date, then id) come first.  So the order is the same in every run,
 * and one pass over the array walks the graph.
 */
#ifndef MIGRATE_GRAPH_H
#define MIGRATE_GRAPH_H

#include "migrate/revision/revision.h"

/* Indexes of nodes, ascending. */
struct nodes {
	size_t *items;
	size_t count;
};

/* The list of a variable's node alone. */
#define ONE_NODE(node) (&(struct nodes){ .items = &(node), .count = 1 })

struct node {
	const struct revision *revision;
	struct nodes down;     /* its down revisions */
	struct nodes needs;    /* those, and those it depends on */
	struct nodes children; /* nodes that have it as down revision */
	struct nodes users;    /* children, and nodes that depend on it */
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
 * Builds the graph.  SCHEMA, naming the files, for a duplicate id or label, a
 * missing parent, or a cycle.
 */
CHECKED enum status graph_build(const struct revision *revisions, size_t count,
				struct arena *arena, struct graph *out,
				struct error *e);

/* The node with this exact id, or GRAPH_NONE. */
long graph_find(const struct graph *graph, const char *id);

/* The node that declares this label, or GRAPH_NONE. */
long graph_find_label(const struct graph *graph, const char *label);

/*
 * Finds a node by its id, a unique prefix of it, or a label.  NOT_FOUND in
 * Alembic's words, with the candidates or similar names.
 */
CHECKED enum status graph_locate(const struct graph *graph, const char *name,
				 struct arena *arena, size_t *out,
				 struct error *e);

/* Heads have no children; real heads have no dependent nodes either. */
bool node_is_head(const struct graph *graph, size_t node);
bool node_is_real_head(const struct graph *graph, size_t node);
struct nodes graph_heads(const struct graph *graph, struct arena *arena);

/*
 * Sets of nodes, as one mark per node.  graph_mark: these nodes; graph_below
 * and graph_above: with their ancestors or descendants, also over depends_on;
 * graph_lineage: with their descendants over down revisions only; graph_branch:
 * a node with its ancestors and descendants over those.  graph_marked lists a
 * set.
 */
bool *graph_mark(const struct graph *graph, const struct nodes *nodes,
		 struct arena *arena);
bool *graph_below(const struct graph *graph, const struct nodes *nodes,
		  struct arena *arena);
bool *graph_above(const struct graph *graph, const struct nodes *nodes,
		  struct arena *arena);
bool *graph_lineage(const struct graph *graph, const struct nodes *nodes,
		    struct arena *arena);
bool *graph_branch(const struct graph *graph, size_t node, struct arena *arena);
struct nodes graph_marked(const struct graph *graph, const bool *marks,
			  struct arena *arena);

/* Removes nodes that are ancestors of others in the list. */
void graph_reduce(const struct graph *graph, struct nodes *nodes,
		  struct arena *arena);

void nodes_add(struct nodes *nodes, size_t node, struct arena *arena);
bool nodes_have(const struct nodes *nodes, size_t node);
bool nodes_equal(const struct nodes *a, const struct nodes *b);
/* Their ids, as a list and for an error: "a, b and 7 more". */
struct names nodes_ids(const struct graph *graph, const struct nodes *nodes,
		       struct arena *arena);
const char *nodes_text(const struct graph *graph, const struct nodes *nodes,
		       struct arena *arena);

#endif

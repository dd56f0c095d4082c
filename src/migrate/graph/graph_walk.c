/* Sets of nodes, and finding a node by name. */
#include <string.h>

#include "migrate/graph/graph.h"
#include "util/text.h"

void nodes_add(struct nodes *nodes, size_t node, struct arena *arena)
{
	*LIST_ADD(arena, nodes->items, nodes->count) = node;
}

bool nodes_have(const struct nodes *nodes, size_t node)
{
	for (size_t i = 0; i < nodes->count; i++)
		if (nodes->items[i] == node)
			return true;
	return false;
}

bool nodes_equal(const struct nodes *a, const struct nodes *b)
{
	if (a->count != b->count)
		return false;
	return !a->count ||
	       memcmp(a->items, b->items, a->count * sizeof(*a->items)) == 0;
}

struct names nodes_ids(const struct graph *graph, const struct nodes *nodes,
		       struct arena *arena)
{
	struct names names = { 0 };

	for (size_t i = 0; i < nodes->count; i++)
		*LIST_ADD(arena, names.items, names.count) =
			graph->nodes[nodes->items[i]].revision->id;
	return names;
}

const char *nodes_text(const struct graph *graph, const struct nodes *nodes,
		       struct arena *arena)
{
	const struct names names = nodes_ids(graph, nodes, arena);

	return names_few(&names, arena);
}

/* Whether one of the nodes or of its descendants has a file: a node whose
   children have only records is still a head. */
static bool has_file(const struct graph *graph, const struct nodes *nodes)
{
	for (size_t i = 0; i < nodes->count; i++) {
		const struct node *node = &graph->nodes[nodes->items[i]];

		if (!node->revision->recorded ||
		    has_file(graph, &node->children))
			return true;
	}
	return false;
}

bool node_is_head(const struct graph *graph, size_t node)
{
	return !graph->nodes[node].revision->recorded &&
	       !has_file(graph, &graph->nodes[node].children);
}

bool node_is_real_head(const struct graph *graph, size_t node)
{
	return !graph->nodes[node].revision->recorded &&
	       !has_file(graph, &graph->nodes[node].users);
}

struct nodes graph_heads(const struct graph *graph, struct arena *arena)
{
	struct nodes heads = { 0 };

	for (size_t i = 0; i < graph->count; i++)
		if (node_is_head(graph, i))
			nodes_add(&heads, i, arena);
	return heads;
}

bool *graph_mark(const struct graph *graph, const struct nodes *nodes,
		 struct arena *arena)
{
	bool *marks = arena_zero(arena, graph->count + 1);

	for (size_t i = 0; i < nodes->count; i++)
		marks[nodes->items[i]] = true;
	return marks;
}

static void add_ancestors(const struct graph *graph, bool *marks)
{
	for (size_t i = graph->count; i-- > 0;) {
		const struct nodes *needs = &graph->nodes[i].needs;

		for (size_t j = 0; marks[i] && j < needs->count; j++)
			marks[needs->items[j]] = true;
	}
}

bool *graph_below(const struct graph *graph, const struct nodes *nodes,
		  struct arena *arena)
{
	bool *marks = graph_mark(graph, nodes, arena);

	add_ancestors(graph, marks);
	return marks;
}

bool *graph_above(const struct graph *graph, const struct nodes *nodes,
		  struct arena *arena)
{
	bool *marks = graph_mark(graph, nodes, arena);

	for (size_t i = 0; i < graph->count; i++) {
		const struct nodes *needs = &graph->nodes[i].needs;

		for (size_t j = 0; !marks[i] && j < needs->count; j++)
			marks[i] = marks[needs->items[j]];
	}
	return marks;
}

bool *graph_lineage(const struct graph *graph, const struct nodes *nodes,
		    struct arena *arena)
{
	bool *marks = graph_mark(graph, nodes, arena);

	for (size_t i = 0; i < graph->count; i++) {
		const struct nodes *down = &graph->nodes[i].down;

		for (size_t j = 0; !marks[i] && j < down->count; j++)
			marks[i] = marks[down->items[j]];
	}
	return marks;
}

bool *graph_branch(const struct graph *graph, size_t node, struct arena *arena)
{
	bool *marks = graph_lineage(graph, ONE_NODE(node), arena);
	bool *down = graph_mark(graph, ONE_NODE(node), arena);

	for (size_t i = graph->count; i-- > 0;) {
		const struct nodes *parents = &graph->nodes[i].down;

		marks[i] = marks[i] || down[i];
		for (size_t j = 0; down[i] && j < parents->count; j++)
			down[parents->items[j]] = true;
	}
	return marks;
}

struct nodes graph_marked(const struct graph *graph, const bool *marks,
			  struct arena *arena)
{
	struct nodes nodes = { 0 };

	for (size_t i = 0; i < graph->count; i++)
		if (marks[i])
			nodes_add(&nodes, i, arena);
	return nodes;
}

void graph_reduce(const struct graph *graph, struct nodes *nodes,
		  struct arena *arena)
{
	bool *below, *marks;

	if (nodes->count < 2)
		return;
	below = arena_zero(arena, graph->count + 1);
	for (size_t i = 0; i < nodes->count; i++) {
		const struct nodes *needs =
			&graph->nodes[nodes->items[i]].needs;

		for (size_t j = 0; j < needs->count; j++)
			below[needs->items[j]] = true;
	}
	add_ancestors(graph, below);
	marks = graph_mark(graph, nodes, arena);
	for (size_t i = 0; i < graph->count; i++)
		marks[i] = marks[i] && !below[i];
	*nodes = graph_marked(graph, marks, arena);
}

static enum status fail_unknown(const struct graph *graph, const char *name,
				struct error *e)
{
	struct close_names close;

	close_names_init(&close, name);
	for (size_t i = 0; i < graph->count; i++)
		close_names_offer(&close, graph->nodes[i].revision->id);
	for (size_t i = 0; i < graph->labels.count; i++)
		close_names_offer(&close, graph->labels.items[i]);
	fail(e, NOT_FOUND, "Can't locate revision identified by '%s'", name);
	if (!close.count)
		error_hint(e, "taskmgr db history lists the revisions");
	close_names_suggest(&close, e);
	return NOT_FOUND;
}

enum status graph_locate(const struct graph *graph, const char *name,
			 struct arena *arena, size_t *out, struct error *e)
{
	long exact = graph_find(graph, name);
	struct nodes found;
	size_t length;

	if (exact == GRAPH_NONE)
		exact = graph_find_label(graph, name);
	if (exact != GRAPH_NONE) {
		*out = (size_t)exact;
		return OK;
	}
	found = (struct nodes){ 0 };
	length = strlen(name);
	for (size_t i = 0; length && i < graph->count; i++)
		if (strncmp(graph->nodes[i].revision->id, name, length) == 0)
			nodes_add(&found, i, arena);
	if (!found.count)
		return fail_unknown(graph, name, e);
	if (found.count > 1)
		return fail(e, NOT_FOUND,
			    "Multiple revisions start with '%s': %s", name,
			    nodes_text(graph, &found, arena));
	*out = found.items[0];
	return OK;
}

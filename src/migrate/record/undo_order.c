#include "migrate/record/undo_order.h"

/* For each node: whether it is still to be reverted, its position in the log (0
   if unknown), and how many others must be reverted before it. */
struct undo_choice {
	bool *left;
	size_t *age, *above;
};

static void read_ages(const struct graph *graph, const struct names *applied,
		      const struct undo_choice *choice)
{
	for (size_t i = 0; i < applied->count; i++) {
		long node = graph_find(graph, applied->items[i]);

		if (node != GRAPH_NONE)
			choice->age[node] = i + 1;
	}
}

static bool is_in_order(const struct undo_choice *choice,
			const struct nodes *nodes)
{
	for (size_t i = 1; i < nodes->count; i++)
		if (choice->age[nodes->items[i]] >
		    choice->age[nodes->items[i - 1]])
			return false;
	return true;
}

/* The youngest node that no other needs; the first of equals. */
static size_t choose_next(const struct undo_choice *choice,
			  const struct nodes *nodes)
{
	size_t best = 0;
	bool found = false;

	for (size_t i = 0; i < nodes->count; i++) {
		size_t node = nodes->items[i];

		if (!choice->left[node] || choice->above[node] ||
		    (found && choice->age[node] <= choice->age[best]))
			continue;
		best = node;
		found = true;
	}
	return best;
}

static struct nodes sort_choices(const struct graph *graph,
				 const struct undo_choice *choice,
				 const struct nodes *nodes, struct arena *arena)
{
	struct nodes order = { 0 };

	for (size_t i = 0; i < nodes->count; i++)
		choice->left[nodes->items[i]] = true;
	for (size_t i = 0; i < nodes->count; i++) {
		const struct nodes *needs =
			&graph->nodes[nodes->items[i]].needs;

		for (size_t j = 0; j < needs->count; j++)
			choice->above[needs->items[j]]++;
	}
	while (order.count < nodes->count) {
		size_t node = choose_next(choice, nodes);
		const struct nodes *needs = &graph->nodes[node].needs;

		nodes_add(&order, node, arena);
		choice->left[node] = false;
		for (size_t j = 0; j < needs->count; j++)
			choice->above[needs->items[j]]--;
	}
	return order;
}

enum status undo_sort(const struct site *site, struct nodes *nodes,
		      struct error *e)
{
	const struct graph *graph = &site->graph;
	struct arena *arena = site->arena;
	struct undo_choice choice = {
		.left = arena_array(arena, graph->count, sizeof(bool)),
		.age = arena_array(arena, graph->count, sizeof(size_t)),
		.above = arena_array(arena, graph->count, sizeof(size_t)),
	};
	struct names applied;

	if (!site->engine ||
	    log_applied(site->engine, arena, &applied, e) != OK)
		return e->status;
	read_ages(graph, &applied, &choice);
	if (!is_in_order(&choice, nodes))
		*nodes = sort_choices(graph, &choice, nodes, arena);
	return OK;
}

/* Lists the revisions between the current ones and a target. */
#include <stdlib.h>
#include <string.h>

#include "migrate/graph/target.h"

static enum status fail_steps(const struct target *target, struct error *e)
{
	return fail(e, FAILED,
		    "Relative revision %+ld didn't produce %ld migrations",
		    target->steps, labs(target->steps));
}

enum status target_upgrades(const struct graph *graph,
			    const struct nodes *current,
			    const struct target *target, struct arena *arena,
			    struct nodes *out, struct error *e)
{
	bool *applied, *wanted;

	if (target->steps < 0)
		return fail_steps(target, e);
	applied = graph_below(graph, current, arena);
	wanted = graph_below(graph, &target->nodes, arena);
	for (size_t i = 0; i < graph->count; i++)
		wanted[i] = wanted[i] && !applied[i];
	*out = graph_marked(graph, wanted, arena);
	return OK;
}

/* The lowest revisions that a downgrade reverts. */
static struct nodes find_roots(const struct graph *graph,
			       const struct target *target, const bool *applied,
			       struct arena *arena)
{
	struct nodes roots = { 0 };
	bool *kept, *aim, *branch;
	struct nodes of_branch;

	if (target->whole_branch) {
		nodes_add(&roots, (size_t)target->branch, arena);
		return roots;
	}
	kept = graph_below(graph, &target->nodes, arena);
	aim = graph_mark(graph, &target->nodes, arena);
	for (size_t i = 0; i < graph->count; i++) {
		const struct nodes *down = &graph->nodes[i].down;
		bool root = !target->nodes.count && !down->count;

		for (size_t j = 0; j < down->count; j++)
			root = root || aim[down->items[j]];
		if (root && applied[i] && !kept[i])
			nodes_add(&roots, i, arena);
	}
	if (target->branch == GRAPH_NONE || roots.count < 2)
		return roots;
	branch = graph_branch(graph, (size_t)target->branch, arena);
	of_branch = (struct nodes){ 0 };
	for (size_t i = 0; i < roots.count; i++)
		if (branch[roots.items[i]])
			nodes_add(&of_branch, roots.items[i], arena);
	return of_branch;
}

static void reverse_nodes(struct nodes *nodes)
{
	for (size_t i = 0; i < nodes->count / 2; i++) {
		size_t other = nodes->count - 1 - i;
		size_t node = nodes->items[i];

		nodes->items[i] = nodes->items[other];
		nodes->items[other] = node;
	}
}

enum status target_downgrades(const struct graph *graph,
			      const struct nodes *current,
			      const struct target *target, struct arena *arena,
			      struct nodes *out, struct error *e)
{
	bool *applied, *marks;
	struct nodes roots;

	if (target->steps > 0)
		return fail_steps(target, e);
	applied = graph_below(graph, current, arena);
	for (size_t i = 0; i < target->nodes.count; i++)
		if (!applied[target->nodes.items[i]])
			return fail(e, FAILED,
				    "Destination %s is not a valid downgrade "
				    "target from current head(s)",
				    graph->nodes[target->nodes.items[i]]
					    .revision->id);
	roots = find_roots(graph, target, applied, arena);
	marks = graph_above(graph, &roots, arena);
	for (size_t i = 0; i < graph->count; i++)
		marks[i] = marks[i] && applied[i];
	*out = graph_marked(graph, marks, arena);
	reverse_nodes(out);
	return OK;
}

static struct nodes step_up(const struct graph *graph,
			    const struct nodes *current, size_t node,
			    struct arena *arena)
{
	const struct nodes *needs = &graph->nodes[node].needs;
	struct nodes after = { 0 };
	bool placed = false;

	for (size_t i = 0; i < current->count; i++) {
		if (!placed && current->items[i] > node) {
			nodes_add(&after, node, arena);
			placed = true;
		}
		if (!nodes_have(needs, current->items[i]))
			nodes_add(&after, current->items[i], arena);
	}
	if (!placed)
		nodes_add(&after, node, arena);
	return after;
}

struct nodes target_step(const struct graph *graph, const struct nodes *current,
			 size_t node, bool up, struct arena *arena)
{
	ARENA(scratch);
	const struct nodes *needs;
	bool *marks;
	struct nodes reduced, after;

	if (up)
		return step_up(graph, current, node, arena);
	/* As many steps as nodes: their marks are not kept. */
	needs = &graph->nodes[node].needs;
	marks = graph_mark(graph, current, &scratch);
	marks[node] = false;
	for (size_t i = 0; i < needs->count; i++)
		marks[needs->items[i]] = true;
	reduced = graph_marked(graph, marks, &scratch);
	graph_reduce(graph, &reduced, &scratch);
	after = (struct nodes){ 0 };
	for (size_t i = 0; i < reduced.count; i++)
		nodes_add(&after, reduced.items[i], arena);
	return after;
}

static enum status check_range(const struct graph *graph, const char *spec,
			       const struct target *lower, const bool *upper,
			       struct error *e)
{
	size_t branch = (size_t)lower->branch;
	const struct nodes *ends = lower->whole_branch ? ONE_NODE(branch)
						       : &lower->nodes;

	for (size_t i = 0; i < ends->count; i++)
		if (!upper[ends->items[i]])
			return fail(e, FAILED,
				    "Requested range %s does not refer to "
				    "ancestor/descendant revisions along the "
				    "same branch: %s",
				    spec,
				    graph->nodes[ends->items[i]].revision->id);
	return OK;
}

/* Keeps what follows the lower end; for the base of a branch, the branch and
   its ancestors. */
static void keep_above(const struct graph *graph, const struct target *lower,
		       bool *wanted, struct arena *arena)
{
	size_t branch = (size_t)lower->branch;
	struct nodes all;
	bool *above;

	if (!lower->nodes.count && !lower->whole_branch)
		return;
	above = graph_lineage(
		graph, lower->whole_branch ? ONE_NODE(branch) : &lower->nodes,
		arena);
	if (lower->whole_branch) {
		all = graph_marked(graph, above, arena);
		above = graph_below(graph, &all, arena);
	}
	for (size_t i = 0; i < graph->count; i++)
		wanted[i] = wanted[i] && above[i];
}

enum status target_range(const struct graph *graph, const struct nodes *current,
			 const char *spec, struct arena *arena,
			 struct nodes *out, struct error *e)
{
	const char *colon = strchr(spec, ':');
	const char *from, *to;
	struct target lower, upper;
	bool *wanted;

	if (!colon || strchr(colon + 1, ':'))
		return fail(e, USAGE,
			    "History range requires [start]:[end], [start]:, "
			    "or :[end]");
	from = arena_copy_n(arena, spec, (size_t)(colon - spec));
	to = colon[1] ? colon + 1 : "heads";
	/* A:+1 is one more than A. */
	if (target_find(graph, current, *from ? from : "base", arena, &lower,
			e) != OK ||
	    target_find(graph,
			*from && strchr("+-", *to) ? &lower.nodes : current, to,
			arena, &upper, e) != OK)
		return e->status;
	wanted = graph_below(graph, &upper.nodes, arena);
	if (check_range(graph, spec, &lower, wanted, e) != OK)
		return e->status;
	keep_above(graph, &lower, wanted, arena);
	*out = graph_marked(graph, wanted, arena);
	reverse_nodes(out);
	return OK;
}

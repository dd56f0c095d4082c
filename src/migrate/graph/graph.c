/* Builds the graph: names, links and order, with their errors. */
#include "migrate/graph/graph.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "util/text.h"

struct slot {
	const char *key; /* NULL if free */
	size_t node;
	bool label;
};

/* While building, nodes are numbered by age: create_date, then id. */
struct build {
	struct node *nodes;
	size_t count;
	size_t *waiting; /* the number of a node's needs not yet placed */
	size_t *ready;   /* nodes that can be placed, the oldest last */
	size_t nready;
	size_t *order; /* order[place] is a node */
	size_t norder;
	struct arena *arena;
};

static int compare_age(const void *a, const void *b)
{
	const struct revision *x = ((const struct node *)a)->revision;
	const struct revision *y = ((const struct node *)b)->revision;
	int order = strcmp(x->create_date, y->create_date);

	if (!order)
		order = strcmp(x->id, y->id);
	return order ? order : strcmp(x->name, y->name);
}

/* The slot that holds key, or the free one where it belongs. */
static struct slot *find_slot(const struct graph *graph, const char *key)
{
	size_t at = text_hash(TEXT_HASH, key, strlen(key)) &
		    (graph->nslots - 1);

	while (graph->slots[at].key && strcmp(graph->slots[at].key, key) != 0)
		at = (at + 1) & (graph->nslots - 1);
	return &graph->slots[at];
}

static void make_slots(struct graph *graph, const struct build *build)
{
	size_t names = build->count;

	for (size_t i = 0; i < build->count; i++)
		names += build->nodes[i].revision->labels.count;
	graph->nslots = 16;
	while (graph->nslots < 2 * names)
		graph->nslots *= 2;
	graph->slots = arena_array(build->arena, graph->nslots,
				   sizeof(*graph->slots));
}

static enum status add_ids(struct graph *graph, const struct build *build,
			   struct error *e)
{
	for (size_t i = 0; i < build->count; i++) {
		const struct revision *revision = build->nodes[i].revision;
		struct slot *slot = find_slot(graph, revision->id);

		if (slot->key)
			return fail(
				e, SCHEMA,
				"Revision %s is present more than once: %s, %s",
				revision->id,
				build->nodes[slot->node].revision->name,
				revision->name);
		*slot = (struct slot){ .key = revision->id, .node = i };
	}
	return OK;
}

static enum status fail_label(const char *label,
			      const struct revision *revision,
			      const struct revision *other, struct error *e)
{
	return fail(e, SCHEMA,
		    "Branch name '%s' in revision %s (%s) already used by "
		    "revision %s (%s)",
		    label, revision->id, revision->name, other->id,
		    other->name);
}

static enum status add_labels(struct graph *graph, const struct build *build,
			      struct error *e)
{
	for (size_t i = 0; i < build->count; i++) {
		const struct revision *revision = build->nodes[i].revision;

		for (size_t j = 0; j < revision->labels.count; j++) {
			const char *label = revision->labels.items[j];
			struct slot *slot = find_slot(graph, label);

			if (slot->key)
				return fail_label(
					label, revision,
					build->nodes[slot->node].revision, e);
			*slot = (struct slot){ label, i, true };
			names_add(&graph->labels, label, build->arena);
		}
	}
	return OK;
}

static enum status link_one(const struct graph *graph, struct build *build,
			    size_t child, const char *name, bool is_down,
			    struct error *e)
{
	const struct revision *revision = build->nodes[child].revision;
	const struct slot *slot = find_slot(graph, name);
	struct node *node;

	if (!slot->key || (is_down && slot->label))
		return fail(
			e, SCHEMA,
			"Revision %s referenced from %s (%s) is not present",
			name, revision->id, revision->name);
	node = &build->nodes[child];
	if (nodes_have(&node->needs, slot->node))
		return OK;
	nodes_add(&node->needs, slot->node, build->arena);
	if (is_down)
		nodes_add(&node->down, slot->node, build->arena);
	nodes_add(&build->nodes[slot->node].users, child, build->arena);
	build->waiting[child]++;
	return OK;
}

static enum status link_all(const struct graph *graph, struct build *build,
			    struct error *e)
{
	enum status status = OK;

	for (size_t i = 0; status == OK && i < build->count; i++) {
		const struct names *down = &build->nodes[i].revision->down;
		const struct names *depends;

		for (size_t j = 0; status == OK && j < down->count; j++)
			status = link_one(graph, build, i, down->items[j], true,
					  e);
		depends = &build->nodes[i].revision->depends;
		for (size_t j = 0; status == OK && j < depends->count; j++)
			status = link_one(graph, build, i, depends->items[j],
					  false, e);
	}
	return status;
}

/* Adds a node to those that are ready, the oldest last. */
static void add_ready(struct build *build, size_t node)
{
	size_t at = build->nready++;

	for (; at && build->ready[at - 1] < node; at--)
		build->ready[at] = build->ready[at - 1];
	build->ready[at] = node;
}

/* Kahn's algorithm, the oldest first. */
static void put_in_order(struct build *build)
{
	for (size_t i = 0; i < build->count; i++)
		if (!build->waiting[i])
			add_ready(build, i);
	while (build->nready) {
		size_t node = build->ready[--build->nready];
		const struct nodes *users;

		build->order[build->norder++] = node;
		users = &build->nodes[node].users;
		for (size_t i = 0; i < users->count; i++)
			if (!--build->waiting[users->items[i]])
				add_ready(build, users->items[i]);
	}
}

/* One of the nodes that node needs and that is not placed. */
static size_t waiting_need(const struct build *build, size_t node)
{
	const struct nodes *needs = &build->nodes[node].needs;

	for (size_t i = 0; i < needs->count; i++)
		if (build->waiting[needs->items[i]])
			return needs->items[i];
	assert(!"a node waits for nothing");
	return node;
}

/* Nodes that could not be placed wait for a cycle: reports its files. */
static enum status fail_cycle(const struct build *build, struct error *e)
{
	size_t at = 0;
	size_t oldest;
	struct names files;

	while (!build->waiting[at])
		at++;
	/* As many steps as there are nodes end inside the cycle. */
	for (size_t i = 0; i < build->count; i++)
		at = waiting_need(build, at);
	/* Starts the list with the oldest. */
	oldest = at;
	for (size_t node = waiting_need(build, at); node != at;
	     node = waiting_need(build, node))
		oldest = node < oldest ? node : oldest;
	at = oldest;
	files = (struct names){ 0 };
	for (size_t node = at; !files.count || node != at;
	     node = waiting_need(build, node))
		names_add(&files, build->nodes[node].revision->name,
			  build->arena);
	return fail(e, SCHEMA, "Cycle is detected in revisions: %s",
		    names_few(&files, build->arena));
}

static int compare_places(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

static void renumber(struct nodes *nodes, const size_t *places)
{
	for (size_t i = 0; i < nodes->count; i++)
		nodes->items[i] = places[nodes->items[i]];
	if (nodes->count > 1)
		qsort(nodes->items, nodes->count, sizeof(*nodes->items),
		      compare_places);
}

/* Renumbers nodes from their age to their place in the order. */
static void place_nodes(struct graph *graph, const struct build *build)
{
	size_t *places = arena_array(build->arena, build->count,
				     sizeof(*places));

	for (size_t i = 0; i < build->count; i++)
		places[build->order[i]] = i;
	graph->count = build->count;
	graph->nodes = arena_array(build->arena, build->count,
				   sizeof(*graph->nodes));
	for (size_t i = 0; i < build->count; i++) {
		struct node *node = &graph->nodes[i];

		*node = build->nodes[build->order[i]];
		renumber(&node->down, places);
		renumber(&node->needs, places);
		renumber(&node->users, places);
	}
	for (size_t i = 0; i < build->count; i++)
		for (size_t j = 0; j < graph->nodes[i].down.count; j++)
			nodes_add(&graph->nodes[graph->nodes[i].down.items[j]]
					   .children,
				  i, build->arena);
	for (size_t i = 0; i < graph->nslots; i++)
		if (graph->slots[i].key)
			graph->slots[i].node = places[graph->slots[i].node];
}

/* A label applies to all descendants, and back to the branch point. */
static void spread_label(struct graph *graph, const char *label,
			 struct arena *arena)
{
	size_t carrier = find_slot(graph, label)->node;
	bool *marks = graph_lineage(graph, ONE_NODE(carrier), arena);

	for (const struct node *node = &graph->nodes[carrier];
	     node->down.count == 1;) {
		size_t parent = node->down.items[0];

		node = &graph->nodes[parent];
		if (node->children.count > 1 || node->down.count > 1)
			break;
		marks[parent] = true;
	}
	for (size_t i = 0; i < graph->count; i++)
		if (marks[i])
			names_add(&graph->nodes[i].labels, label, arena);
}

static struct build start_build(const struct revision *revisions, size_t count,
				struct arena *arena)
{
	struct build build = { .count = count, .arena = arena };

	build.nodes = arena_array(arena, count, sizeof(*build.nodes));
	for (size_t i = 0; i < count; i++)
		build.nodes[i].revision = &revisions[i];
	if (count)
		qsort(build.nodes, count, sizeof(*build.nodes), compare_age);
	build.waiting = arena_array(arena, count, sizeof(*build.waiting));
	build.ready = arena_array(arena, count, sizeof(*build.ready));
	build.order = arena_array(arena, count, sizeof(*build.order));
	return build;
}

enum status graph_build(const struct revision *revisions, size_t count,
			struct arena *arena, struct graph *out, struct error *e)
{
	struct build build;

	*out = (struct graph){ 0 };
	build = start_build(revisions, count, arena);
	make_slots(out, &build);
	if (add_ids(out, &build, e) != OK || add_labels(out, &build, e) != OK ||
	    link_all(out, &build, e) != OK)
		return e->status;
	put_in_order(&build);
	if (build.norder < count)
		return fail_cycle(&build, e);
	place_nodes(out, &build);
	for (size_t i = 0; i < out->labels.count; i++)
		spread_label(out, out->labels.items[i], arena);
	return OK;
}

long graph_find(const struct graph *graph, const char *id)
{
	const struct slot *slot = find_slot(graph, id);

	return slot->key && !slot->label ? (long)slot->node : GRAPH_NONE;
}

long graph_find_label(const struct graph *graph, const char *label)
{
	const struct slot *slot = find_slot(graph, label);

	return slot->key && slot->label ? (long)slot->node : GRAPH_NONE;
}

/* Parses and resolves names of revisions. */
#include "migrate/graph/target.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "util/text.h"

static const char *const symbols[] = { "head", "heads", "base", "current" };
enum { SYMBOLS = sizeof(symbols) / sizeof(*symbols) };

/* The parts of "LABEL@head-1". */
struct spec {
	const char *text;   /* the whole text, for messages */
	const char *branch; /* NULL: none */
	const char *symbol; /* "": where the database is */
	long steps;
	const char *steps_text; /* "-1"; NULL: none */
};

struct finder {
	const struct graph *graph;
	const struct nodes *current;
	struct spec spec;
	long branch;
	bool *lineage; /* the branch's nodes; NULL: all */
	struct arena *arena;
};

/* Ids contain no + or -, so the last one begins the steps. */
static void parse_steps(struct spec *spec, char *symbol)
{
	char *sign = symbol + strlen(symbol);

	while (sign > symbol && sign[-1] >= '0' && sign[-1] <= '9')
		sign--;
	if (!*sign || sign == symbol || !strchr("+-", sign[-1]))
		return;
	sign--;
	spec->steps_text = sign;
	/* Saturated at LONG_MAX, which no walk reaches. */
	spec->steps = strtol(sign, NULL, 10);
	spec->symbol = "";
	if (sign > symbol)
		spec->symbol = NULL;
}

static struct spec parse_spec(const char *text, struct arena *arena)
{
	struct spec spec = { .text = text };
	char *symbol = arena_copy(arena, text);
	char *at = strchr(symbol, '@');

	if (at) {
		*at = '\0';
		spec.branch = symbol;
		symbol = at + 1;
	}
	spec.symbol = symbol;
	parse_steps(&spec, symbol);
	if (!spec.symbol)
		spec.symbol = arena_copy_n(arena, symbol,
					   (size_t)(spec.steps_text - symbol));
	return spec;
}

static struct nodes filter_branch(const struct finder *finder,
				  const struct nodes *nodes)
{
	struct nodes kept;

	if (!finder->lineage)
		return *nodes;
	kept = (struct nodes){ 0 };
	for (size_t i = 0; i < nodes->count; i++)
		if (finder->lineage[nodes->items[i]])
			nodes_add(&kept, nodes->items[i], finder->arena);
	return kept;
}

/* The current nodes, of a branch if one is given, even if another branch
   depends on them. */
static struct nodes find_current(const struct finder *finder)
{
	struct nodes nodes = filter_branch(finder, finder->current);
	bool *marks;

	if (nodes.count || !finder->lineage)
		return nodes;
	marks = graph_below(finder->graph, finder->current, finder->arena);
	nodes = graph_marked(finder->graph, marks, finder->arena);
	nodes = filter_branch(finder, &nodes);
	graph_reduce(finder->graph, &nodes, finder->arena);
	return nodes;
}

static enum status find_head(const struct finder *finder, struct nodes *out,
			     struct error *e)
{
	struct nodes heads = graph_heads(finder->graph, finder->arena);

	*out = filter_branch(finder, &heads);
	if (out->count < 2 || strcmp(finder->spec.symbol, "heads") == 0)
		return OK;
	fail(e, SCHEMA,
	     "Multiple head revisions are present for given argument '%s': %s; "
	     "please specify a specific target revision, '<branchname>@head' "
	     "to narrow to a specific head, or 'heads' for all heads",
	     finder->spec.text, nodes_text(finder->graph, out, finder->arena));
	return error_hint(
		e, "to join them, run: taskmgr db merge heads -m \"merge\"");
}

static enum status fail_nothing(const struct finder *finder, struct error *e)
{
	fail(e, NOT_FOUND, "Can't locate revision identified by '%s'",
	     finder->spec.text);
	error_hint(e, "taskmgr db history lists the revisions");
	return e->status;
}

/* Whether a node is in the branch itself, not below its root. */
static bool is_member(const struct finder *finder, size_t node)
{
	size_t branch = (size_t)finder->branch;
	bool *marks = graph_lineage(finder->graph, ONE_NODE(branch),
				    finder->arena);

	return marks[node] || names_have(&finder->graph->nodes[node].labels,
					 finder->spec.branch);
}

/* "side@-1" reverts a revision of that branch and no other. */
static enum status check_members(const struct finder *finder,
				 const struct nodes *nodes, struct error *e)
{
	if (!finder->spec.branch || finder->spec.steps >= 0)
		return OK;
	for (size_t i = 0; i < nodes->count; i++)
		if (is_member(finder, nodes->items[i]))
			return OK;
	return fail(e, FAILED,
		    "Relative revision %s didn't produce %ld migrations: "
		    "nothing of branch '%s' is applied",
		    finder->spec.steps_text, labs(finder->spec.steps),
		    finder->spec.branch);
}

/* The only node of the branch whose id begins with the symbol. */
static long find_prefix(const struct finder *finder)
{
	const struct graph *graph = finder->graph;
	const char *symbol = finder->spec.symbol;
	long found = GRAPH_NONE;

	if (!finder->lineage || graph_find(graph, symbol) != GRAPH_NONE)
		return GRAPH_NONE;
	for (size_t i = 0; i < graph->count; i++) {
		if (!finder->lineage[i] || strncmp(graph->nodes[i].revision->id,
						   symbol, strlen(symbol)) != 0)
			continue;
		if (found != GRAPH_NONE)
			return GRAPH_NONE;
		found = (long)i;
	}
	return found;
}

/* HEAD, bas */
static enum status hint_symbol(const char *word, struct error *e)
{
	struct close_names close;

	close_names_init(&close, word);
	for (size_t i = 0; i < SYMBOLS; i++)
		close_names_offer(&close, symbols[i]);
	if (close.count) {
		error_hint(e, "did you mean %s?", close.names[0]);
		error_replace(e, word, close.names[0]);
	}
	return e->status;
}

static enum status find_symbol(const struct finder *finder, struct nodes *out,
			       struct error *e)
{
	const char *symbol = finder->spec.symbol;
	size_t node;
	long one;

	*out = (struct nodes){ 0 };
	if (strcmp(symbol, "base") == 0)
		return OK;
	if (strcmp(symbol, "head") == 0 || strcmp(symbol, "heads") == 0)
		return find_head(finder, out, e);
	if (strcmp(symbol, "current") == 0 ||
	    (!*symbol && finder->spec.steps_text)) {
		*out = find_current(finder);
		return check_members(finder, out, e);
	}
	if (!*symbol || strchr("+-", *symbol))
		return fail_nothing(finder, e);
	one = find_prefix(finder);
	if (one != GRAPH_NONE) {
		nodes_add(out, (size_t)one, finder->arena);
		return OK;
	}
	if (graph_locate(finder->graph, symbol, finder->arena, &node, e) != OK)
		return hint_symbol(symbol, e);
	if (finder->lineage && !finder->lineage[node])
		return fail(e, NOT_FOUND,
			    "Revision %s is not a member of branch '%s'",
			    finder->graph->nodes[node].revision->id,
			    finder->spec.branch);
	nodes_add(out, node, finder->arena);
	return OK;
}

static enum status fail_far(const struct finder *finder, struct error *e)
{
	if (*finder->spec.symbol)
		return fail(e, FAILED, "Walked too far: '%s'",
			    finder->spec.text);
	return fail(e, FAILED,
		    "Relative revision %s didn't produce %ld migrations",
		    finder->spec.steps_text, labs(finder->spec.steps));
}

static struct nodes children_of(const struct finder *finder,
				const struct nodes *nodes)
{
	const struct graph *graph = finder->graph;
	bool *marks = arena_zero(finder->arena, graph->count + 1);
	struct nodes all;

	for (size_t i = 0; !nodes->count && i < graph->count; i++)
		marks[i] = !graph->nodes[i].down.count;
	for (size_t i = 0; i < nodes->count; i++) {
		const struct nodes *children =
			&graph->nodes[nodes->items[i]].children;

		for (size_t j = 0; j < children->count; j++)
			marks[children->items[j]] = true;
	}
	all = graph_marked(graph, marks, finder->arena);
	return filter_branch(finder, &all);
}

static enum status fail_ambiguous(const struct finder *finder, const char *what,
				  const struct nodes *nodes, struct error *e)
{
	return fail(e, FAILED, "Ambiguous walk: '%s' could %s %s",
		    finder->spec.text, what,
		    nodes_text(finder->graph, nodes, finder->arena));
}

static enum status walk_up(const struct finder *finder, struct nodes *nodes,
			   struct error *e)
{
	for (long left = finder->spec.steps; left > 0; left--) {
		struct nodes next = children_of(finder, nodes);

		if (!next.count)
			return fail_far(finder, e);
		/* If only a merge follows, the way is unambiguous. */
		if (next.count > 1 && nodes->count > 1)
			return fail_ambiguous(finder, "start from", nodes, e);
		if (next.count > 1)
			return fail_ambiguous(finder, "lead to", &next, e);
		*nodes = next;
	}
	return OK;
}

/* The parents of all nodes; *ends is set if some have none. */
static struct nodes parents_of(const struct finder *finder,
			       const struct nodes *nodes, bool *ends)
{
	const struct graph *graph = finder->graph;
	bool *marks = arena_zero(finder->arena, graph->count + 1);
	struct nodes all;

	*ends = false;
	for (size_t i = 0; i < nodes->count; i++) {
		const struct nodes *down = &graph->nodes[nodes->items[i]].down;

		*ends = *ends || !down->count;
		for (size_t j = 0; j < down->count; j++)
			marks[down->items[j]] = true;
	}
	all = graph_marked(graph, marks, finder->arena);
	return filter_branch(finder, &all);
}

/* Walks down; from a merge to all of its parents.  Sets *root to the node that
   base was reached from. */
static enum status walk_down(const struct finder *finder, struct nodes *nodes,
			     long *root, struct error *e)
{
	*root = GRAPH_NONE;
	if (finder->spec.steps && nodes->count > 1)
		return fail_ambiguous(finder, "start from", nodes, e);
	for (long left = finder->spec.steps; left < 0; left++) {
		bool ends;
		struct nodes next;

		if (!nodes->count)
			return fail_far(finder, e);
		next = parents_of(finder, nodes, &ends);
		if (ends && next.count)
			return fail_ambiguous(finder, "lead to base or", &next,
					      e);
		if (nodes->count == 1)
			*root = (long)nodes->items[0];
		*nodes = next;
	}
	if (nodes->count)
		*root = GRAPH_NONE;
	return OK;
}

static bool is_symbol(const char *word)
{
	for (size_t i = 0; i < SYMBOLS; i++)
		if (strcmp(word, symbols[i]) == 0)
			return true;
	return false;
}

static enum status start_finder(struct finder *finder, struct error *e)
{
	size_t node;

	finder->branch = GRAPH_NONE;
	if (!finder->spec.branch)
		return OK;
	if (!*finder->spec.branch)
		return fail_nothing(finder, e);
	if (graph_locate(finder->graph, finder->spec.branch, finder->arena,
			 &node, e) != OK) {
		/* head@side */
		if (is_symbol(finder->spec.branch) && *finder->spec.symbol)
			error_hint(e, "write the branch before the @: %s@%s",
				   finder->spec.symbol, finder->spec.branch);
		return e->status;
	}
	finder->branch = (long)node;
	finder->lineage = graph_branch(finder->graph, node, finder->arena);
	return OK;
}

/* The lowest node with the label: its branch's root. */
static long lowest_of(const struct finder *finder)
{
	const struct graph *graph = finder->graph;
	size_t node = (size_t)finder->branch;

	if (graph_find_label(graph, finder->spec.branch) == GRAPH_NONE)
		return finder->branch;
	while (graph->nodes[node].down.count == 1) {
		size_t parent = graph->nodes[node].down.items[0];

		if (!names_have(&graph->nodes[parent].labels,
				finder->spec.branch))
			break;
		node = parent;
	}
	return (long)node;
}

enum status target_find(const struct graph *graph, const struct nodes *current,
			const char *spec, struct arena *arena,
			struct target *out, struct error *e)
{
	struct finder finder = {
		.graph = graph,
		.current = current,
		.arena = arena,
		.spec = parse_spec(spec, arena),
	};
	long root;

	*out = (struct target){ .branch = GRAPH_NONE };
	if (start_finder(&finder, e) != OK ||
	    find_symbol(&finder, &out->nodes, e) != OK)
		return e->status;
	out->branch = finder.branch;
	out->whole_branch = finder.spec.branch && !finder.spec.steps_text &&
			    strcmp(finder.spec.symbol, "base") == 0;
	if (out->whole_branch)
		out->branch = lowest_of(&finder);
	if (!*finder.spec.symbol) {
		out->steps = finder.spec.steps;
		if (out->steps < 0 && out->branch == GRAPH_NONE &&
		    out->nodes.count == 1)
			out->branch = (long)out->nodes.items[0];
	}
	if (finder.spec.steps > 0)
		return walk_up(&finder, &out->nodes, e);
	/* The branch's own base, not the graph's. */
	if (walk_down(&finder, &out->nodes, &root, e) == OK &&
	    root != GRAPH_NONE) {
		out->whole_branch = true;
		out->branch = finder.spec.branch ? lowest_of(&finder) : root;
	}
	return e->status;
}

#include "migrate/watch/undone.h"

#include <string.h>

#include "migrate/watch/parts.h"
#include "migrate/run/replay.h"
#include "migrate/watch/rows.h"
#include "migrate/watch/trace.h"
#include "schema/model/read.h"
#include "util/text.h"

/* The nodes that are applied before the step that runs. */
static bool *mark_applied(const struct run *run)
{
	bool *marks = site_applied(run->site);
	for (size_t i = run->next; i < run->at; i++)
		marks[run->steps[i].node] = run->up;
	return marks;
}

/* Where the step begins: at those below it, or at itself. */
static struct nodes start_of(const struct run *run, const struct run_step *step)
{
	struct nodes one = { 0 };
	if (run->up)
		return run->site->graph.nodes[step->node].needs;
	nodes_add(&one, step->node, run->site->arena);
	return one;
}

/* The nodes that the step knows of. */
static bool *mark_known(const struct run *run, const struct run_step *step)
{
	const struct graph *graph = &run->site->graph;
	struct nodes start = start_of(run, step);
	bool *marks = graph_mark(graph, &start, run->site->arena);
	graph_ancestors(graph, marks);
	return marks;
}

/* Whether revisions are applied that the step doesn't know of. */
static bool is_beside(const struct run *run, const struct run_step *step)
{
	const bool *applied = mark_applied(run), *known = mark_known(run, step);
	for (size_t i = 0; i < run->site->graph.count; i++)
		if (applied[i] && !known[i])
			return true;
	return false;
}

/* The tables as the revisions that the step knows of make them; empty where
   that can't be found out. */
static const struct schema *read_known(struct run *run,
				       const struct run_step *step)
{
	static const struct schema none;
	struct nodes start = start_of(run, step);
	struct schema *known;
	struct error failure;
	error_init(&failure, run->site->arena);
	if (!run->known)
		run->known = replay_new(run->site);
	if (!replay_to(run->known, &start, &known, &failure))
		return known;
	if (!run->quiet)
		context_note(run->site->context,
			     "Warning: what %s undoes isn't known: replaying "
			     "the revisions below: %s",
			     step->revision->id, failure.message);
	return &none;
}

static const struct table *find(const struct schema *schema, const char *name)
{
	const struct table *table = schema_find_table(schema, name);
	return table && table->ddl ? table : NULL;
}

struct search {
	struct run *run;
	const struct run_step *step;
	const struct schema *before, *after, *known;
};

/* What the table is called afterwards: that, or the name of one that took its
   place. */
static const struct table *find_after(const struct search *search,
				      const char *name)
{
	const struct table *found = find(search->after, name);
	const struct row_counts none = { 0 };
	struct arena *arena = search->run->site->arena;
	struct trace_names names = trace_tables(
		run_part(search->run, search->step), &none, arena);
	struct names related = trace_related(&names, name, arena);
	for (size_t i = 0; !found && i < related.count; i++)
		if (!schema_find_table(search->before, related.items[i]))
			found = find(search->after, related.items[i]);
	return found;
}

/* What of them is no revision's that the step knows of. */
static void subtract_known(struct search *search, struct parts *parts)
{
	const char *name = parts->items[0].table->name;
	if (!search->known)
		search->known = read_known(search->run, search->step);
	const struct table *table = find(search->known, name);
	/* One that no revision makes is known to none. */
	if (!table) {
		parts->count = 0;
		return;
	}
	struct parts others = parts_of(table, search->known, parts->arena);
	parts_subtract(parts, &others);
}

static bool has_object(const struct parts *parts, const struct part *part)
{
	for (size_t i = 0; i < parts->count; i++)
		if (parts->items[i].index == part->index &&
		    parts->items[i].trigger == part->trigger)
			return true;
	return false;
}

/* Indexes and triggers that are known, but not said to go: DROP TABLE takes
   them along, and they are easily forgotten. */
static void tell_forgotten(const struct search *search,
			   const struct parts *parts,
			   const struct parts *unknown)
{
	const struct run *run = search->run;
	for (size_t i = 0; i < parts->count; i++) {
		const struct part *part = &parts->items[i];
		if ((part->index || part->trigger) && run->up && !run->quiet &&
		    !has_object(unknown, part))
			context_note(run->site->context,
				     "Warning: %s makes %s anew without its %s "
				     "%s: let it make that again, or say in a "
				     "comment what is meant to go (-- %s)",
				     search->step->revision->name,
				     part->table->name,
				     part->index ? "index" : "trigger",
				     part->called, part->called);
	}
}

static struct parts find_undone(struct search *search, const char *name)
{
	struct arena *arena = search->run->site->arena;
	const struct run_step *step = search->step;
	const struct table *old = find(search->before, name);
	const struct table *new = old ? find_after(search, name) : NULL;
	struct parts parts = { .arena = arena };
	if (!new)
		return parts;
	struct parts others = parts_of(new, search->after, arena);
	parts = parts_of(old, search->before, arena);
	parts_subtract(&parts, &others);
	parts_subtract_named(&parts, step->text, &step->sections);
	struct parts left = parts;
	left.items = arena_array(arena, parts.count, sizeof(*left.items));
	for (size_t i = 0; i < parts.count; i++)
		left.items[i] = parts.items[i];
	if (left.count)
		subtract_known(search, &left);
	tell_forgotten(search, &parts, &left);
	return left;
}

/* A revision that is applied, that the step doesn't know, and that names the
   part, or at least changes its table. */
static const struct revision *find_maker(const struct search *search,
					 const struct part *part)
{
	const struct run *run = search->run;
	struct site *site = run->site;
	const struct graph *graph = &site->graph;
	const struct revision *maker = NULL;
	const bool *applied = mark_applied(run);
	const bool *known = mark_known(run, search->step);
	for (size_t i = 0; i < graph->count; i++) {
		const struct revision *revision = graph->nodes[i].revision;
		const char *text;
		struct sections sections;
		struct error ignored;
		struct part copy = *part;
		struct parts one = { site->arena, &copy, 1 };
		error_init(&ignored, site->arena);
		if (!applied[i] || known[i] ||
		    site_text(site, revision, &text, &sections, &ignored))
			continue;
		parts_subtract_named(&one, text, &sections);
		if (!one.count)
			return revision;
		if (!maker &&
		    parts_touched(part->table->name, &sections, site->arena))
			maker = revision;
	}
	return maker;
}

static enum status refuse(const struct search *search, const char *table,
			  const struct parts *parts, struct error *e)
{
	BUFFER(shown);
	const struct part *first = &parts->items[0];
	const struct revision *maker = find_maker(search, first);
	/* A downgrade is watched for those alone that others made. */
	if (!search->run->up && !maker)
		return OK;
	for (size_t i = 0; i < parts->count; i++) {
		const char *called = parts->items[i].called;
		buffer_text(&shown, i ? "\n    " : "    ");
		text_visible(&shown, called, strlen(called));
	}
	fail(e, CONFLICT,
	     "making %s anew would undo what this revision doesn't know of",
	     table);
	e->detail = arena_copy(e->arena, buffer_string(&shown));
	if (!search->run->up) {
		error_hint(e,
			   "take revision %s back before, which made that: "
			   "taskmgr db downgrade %s@-1",
			   maker->id, maker->id);
		return e->status;
	}
	error_hint(e,
		   "%s%s made that: %s it, or say in a comment what is meant "
		   "to go (-- %s); nothing was changed",
		   maker ? "revision " : "", maker ? maker->id : "no revision",
		   maker ? "let this one follow and keep" : "let this one keep",
		   first->called);
	return e->status;
}

enum status undone_begin(const struct run *run, const struct run_step *step,
			 const struct names *tables, struct undone *out,
			 struct error *e)
{
	struct schema *schema;
	bool changed = run->up && !run->from_nothing;
	*out = (struct undone){ .tables = tables };
	if (!tables->count || (!changed && !is_beside(run, step)))
		return OK;
	if (schema_read(run->site->engine, run->site->arena, &schema, e))
		return e->status;
	out->before = schema;
	return OK;
}

enum status undone_end(struct run *run, const struct run_step *step,
		       const struct undone *undone, struct error *e)
{
	struct schema *after;
	if (!undone->before)
		return OK;
	if (schema_read(run->site->engine, run->site->arena, &after, e))
		return e->status;
	struct search search = {
		.run = run,
		.step = step,
		.before = undone->before,
		.after = after,
	};
	for (size_t i = 0; i < undone->tables->count; i++) {
		const char *table = undone->tables->items[i];
		struct parts parts = find_undone(&search, table);
		if (parts.count && refuse(&search, table, &parts, e))
			return e->status;
	}
	return OK;
}

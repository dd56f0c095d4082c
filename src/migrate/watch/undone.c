#include "migrate/watch/undone.h"

#include <string.h>

#include "migrate/watch/parts.h"
#include "migrate/watch/rows.h"
#include "migrate/watch/trace.h"
#include "schema/model/read.h"
#include "util/text.h"

/* The nodes whose schema the step was written for: its parents, or itself. */
static struct nodes written_for(const struct undone *undone)
{
	struct nodes one = { 0 };

	if (undone->up)
		return undone->site->graph.nodes[undone->node].needs;
	nodes_add(&one, undone->node, undone->site->arena);
	return one;
}

/* Marks the step's ancestors. */
static bool *mark_ancestors(const struct undone *undone)
{
	struct nodes start = written_for(undone);

	return graph_below(&undone->site->graph, &start, undone->site->arena);
}

/* Whether revisions are applied that are not among its ancestors. */
static bool has_other_branches(const struct undone *undone)
{
	const bool *known = mark_ancestors(undone);

	for (size_t i = 0; i < undone->site->graph.count; i++)
		if (undone->applied[i] && !known[i])
			return true;
	return false;
}

/* The schema that the step's ancestors create; empty if they can't be
   replayed. */
static const struct schema *read_known(const struct undone *undone)
{
	static const struct schema none;
	const struct site *site = undone->site;
	struct nodes start = written_for(undone);
	struct schema *known;
	ERROR(failure, site->arena);

	if (undone->replay(undone->data, &start, &known, &failure) == OK)
		return known;
	if (!undone->quiet)
		context_note(site->context,
			     "Warning: cannot check what %s drops: replaying "
			     "its ancestors: %s",
			     undone->revision->id, failure.message);
	return &none;
}

static const struct table *find_ordinary(const struct schema *schema,
					 const char *name)
{
	const struct table *table = schema_find_table(schema, name);

	return table && table->ddl ? table : NULL;
}

struct undone_search {
	const struct undone *undone;
	const struct schema *after, *known;
};

/* The table after the step, or the one that took its place. */
static const struct table *find_after(const struct undone_search *search,
				      const char *name)
{
	const struct table *found = find_ordinary(search->after, name);
	const struct undone *undone = search->undone;
	struct arena *arena = undone->site->arena;
	struct trace_names names = trace_tables(
		undone->up ? &undone->sections->up : &undone->sections->down,
		NULL, arena);
	struct names related = trace_related(&names, name, arena);

	for (size_t i = 0; !found && i < related.count; i++)
		if (!schema_find_table(undone->before, related.items[i]))
			found = find_ordinary(search->after, related.items[i]);
	return found;
}

/* Removes the parts that the step's ancestors create. */
static void subtract_known(struct undone_search *search, struct parts *parts)
{
	const char *name = parts->items[0].table->name;
	const struct table *table;
	struct parts others;

	if (!search->known)
		search->known = read_known(search->undone);
	table = find_ordinary(search->known, name);
	/* A table that no ancestor creates is not checked. */
	if (!table) {
		parts->count = 0;
		return;
	}
	others = parts_of(table, search->known, parts->arena);
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

/* Warns of indexes and triggers that the step's ancestors created and that it
   drops without mention: DROP TABLE drops them, and they are easily
   forgotten. */
static void warn_forgotten(const struct undone_search *search,
			   const struct parts *parts,
			   const struct parts *unknown)
{
	const struct undone *undone = search->undone;

	for (size_t i = 0; i < parts->count; i++) {
		const struct part *part = &parts->items[i];

		if ((part->index || part->trigger) && undone->up &&
		    !undone->quiet && !has_object(unknown, part))
			context_note(undone->site->context,
				     "Warning: %s rebuilds %s without its %s "
				     "%s: recreate it, or allow the loss with "
				     "a comment: -- %s",
				     undone->revision->name, part->table->name,
				     part->index ? "index" : "trigger",
				     part->label, part->label);
	}
}

static struct parts find_undone(struct undone_search *search, const char *name)
{
	const struct undone *undone = search->undone;
	struct arena *arena = undone->site->arena;
	const struct table *old = find_ordinary(undone->before, name);
	const struct table *new = old ? find_after(search, name) : NULL;
	struct parts parts = { .arena = arena };
	struct parts others, left;

	if (!new)
		return parts;
	others = parts_of(new, search->after, arena);
	parts = parts_of(old, undone->before, arena);
	parts_subtract(&parts, &others);
	parts_subtract_named(&parts, undone->text, undone->sections);
	left = parts;
	left.items = arena_array(arena, parts.count, sizeof(*left.items));
	for (size_t i = 0; i < parts.count; i++)
		left.items[i] = parts.items[i];
	if (left.count)
		subtract_known(search, &left);
	warn_forgotten(search, &parts, &left);
	return left;
}

/* An applied revision that is not an ancestor and mentions the part, or at
   least changes its table. */
static const struct revision *find_creator(const struct undone_search *search,
					   const struct part *part)
{
	const struct undone *undone = search->undone;
	struct site *site = undone->site;
	const struct graph *graph = &site->graph;
	const struct revision *creator = NULL;
	const bool *known = mark_ancestors(undone);

	for (size_t i = 0; i < graph->count; i++) {
		const struct revision *revision = graph->nodes[i].revision;
		const char *text;
		struct sections sections;
		struct part copy = *part;
		struct parts one = { site->arena, &copy, 1 };
		ERROR(ignored, site->arena);

		if (!undone->applied[i] || known[i] ||
		    site_text(site, revision, &text, &sections, &ignored) != OK)
			continue;
		parts_subtract_named(&one, text, &sections);
		if (!one.count)
			return revision;
		if (!creator &&
		    parts_touched(part->table->name, &sections, site->arena))
			creator = revision;
	}
	return creator;
}

static enum status refuse_undone(const struct undone_search *search,
				 const char *table, const struct parts *parts,
				 struct error *e)
{
	BUFFER(shown);
	const struct part *first = &parts->items[0];
	const struct revision *creator = find_creator(search, first);

	/* A downgrade is only checked for what other branches created. */
	if (!search->undone->up && !creator)
		return OK;
	for (size_t i = 0; i < parts->count; i++) {
		const char *called = parts->items[i].label;

		buffer_text(&shown, i ? "\n    " : "    ");
		text_show(&shown, called);
	}
	fail(e, CONFLICT,
	     "rebuilding %s would drop parts this revision was not written for",
	     table);
	e->detail = arena_copy(e->arena, buffer_string(&shown));
	if (!search->undone->up) {
		return error_hint(e,
				  "revision %s created it; downgrade that "
				  "first: taskmgr db downgrade %s@-1",
				  creator->id, creator->id);
	}
	return error_hint(e,
			  "%s%s created it; %s it in the rebuild, or allow the "
			  "loss with a comment: -- %s",
			  creator ? "revision " : "",
			  creator ? creator->id : "no revision",
			  creator ? "follow that revision and keep" : "keep",
			  first->label);
}

enum status undone_begin(struct undone *undone, const struct names *tables,
			 struct error *e)
{
	const struct site *site = undone->site;
	struct schema *schema;
	bool changed = undone->up && !undone->from_nothing;

	undone->tables = tables;
	if (!tables->count || (!changed && !has_other_branches(undone)))
		return OK;
	if (schema_read(site->engine, site->arena, &schema, e) != OK)
		return e->status;
	undone->before = schema;
	return OK;
}

enum status undone_end(const struct undone *undone, struct error *e)
{
	const struct site *site = undone->site;
	struct schema *after;
	struct undone_search search;

	if (!undone->before)
		return OK;
	if (schema_read(site->engine, site->arena, &after, e) != OK)
		return e->status;
	search = (struct undone_search){ .undone = undone, .after = after };
	for (size_t i = 0; i < undone->tables->count; i++) {
		const char *table = undone->tables->items[i];
		struct parts parts = find_undone(&search, table);

		if (parts.count &&
		    refuse_undone(&search, table, &parts, e) != OK)
			return e->status;
	}
	return OK;
}

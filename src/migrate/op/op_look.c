/* db current, heads, branches, history, show. */
#include <string.h>

#include "migrate/graph/draw.h"
#include "migrate/graph/target.h"
#include "migrate/op/look.h"
#include "migrate/op/operations.h"

static unsigned long_flag(const struct call *call)
{
	return call->context->flags & CONTEXT_VERBOSE ? LOOK_LONG : 0;
}

static enum status look_rows(struct call *call, const struct site *site,
			     const struct nodes *nodes, unsigned flags,
			     struct error *e)
{
	for (size_t i = 0; i < nodes->count; i++)
		if (look_row(call, site, nodes->items[i], flags, e) != OK)
			return e->status;
	return OK;
}

static enum status check_heads(const struct site *site, struct error *e)
{
	struct nodes heads = graph_heads(&site->graph, site->arena);
	bool *applied = site_applied(site);
	bool all = !site->unknown.count;

	for (size_t i = 0; i < heads.count; i++)
		all = all && applied[heads.items[i]];
	/* An unknown revision is not a head. */
	for (size_t i = 0; i < site->current.count; i++)
		all = all && !site->graph.nodes[site->current.items[i]]
				      .revision->recorded;
	if (all)
		return OK;
	fail(e, SCHEMA, "Database is not on all head revisions");
	return error_hint(e, "run: taskmgr db upgrade heads");
}

/* The last applied revision of each branch, even if another depends on it. */
static struct nodes applied_tips(const struct site *site)
{
	struct nodes tips = { 0 };
	bool *applied = site_applied(site);

	for (size_t i = 0; i < site->graph.count; i++) {
		const struct nodes *children = &site->graph.nodes[i].children;
		bool tip = applied[i];

		for (size_t j = 0; j < children->count; j++)
			tip = tip && !applied[children->items[j]];
		if (tip)
			nodes_add(&tips, i, site->arena);
	}
	return tips;
}

enum status db_current(struct call *call, struct error *e)
{
	struct site site;
	bool check = call_flag(call, "check_heads");
	struct nodes tips;

	if (site_load_to_look(call, &site, e) != OK ||
	    (check &&
	     (site_guard(&site, e) != OK || check_heads(&site, e) != OK)))
		return e->status;
	if (!engine_exists(call->context->url))
		context_note(call->context, "database %s does not exist",
			     engine_path(call->context->url, call->arena));
	else if (long_flag(call))
		context_note(call->context,
			     "Current revision(s) for %s:", call->context->url);
	for (size_t i = 0; i < site.unknown.count; i++)
		if (look_row_unknown(call, site.unknown.items[i], e) != OK)
			return e->status;
	tips = applied_tips(&site);
	return look_rows(call, &site, &tips, LOOK_TREE | long_flag(call), e);
}

enum status db_heads(struct call *call, struct error *e)
{
	struct site site;
	struct nodes all, heads = { 0 };

	if (site_load_whole(call, &site, e) != OK)
		return e->status;
	site_note_empty(&site);
	all = graph_heads(&site.graph, site.arena);
	for (size_t i = 0; i < all.count; i++)
		if (!call_flag(call, "resolve_dependencies") ||
		    node_is_real_head(&site.graph, all.items[i]))
			nodes_add(&heads, all.items[i], site.arena);
	return look_rows(call, &site, &heads, LOOK_LABELS | long_flag(call), e);
}

/* "a (branchpoint)", a line for each branch, indented by its id, and a blank
   one. */
static const char *branch_text(const struct call *call, const struct site *site,
			       size_t at)
{
	const struct nodes *children = &site->graph.nodes[at].children;
	const char *text = look_text(site, at,
				     LOOK_LABELS | LOOK_TREE | long_flag(call));
	int width = (int)strlen(site->graph.nodes[at].revision->id);
	unsigned flags = LOOK_LABELS | LOOK_TREE;

	if (long_flag(call))
		flags |= LOOK_MESSAGE;
	for (size_t i = 0; i < children->count; i++)
		text = arena_printf(site->arena, "%s\n%*s -> %s", text, width,
				    "",
				    look_text(site, children->items[i], flags));
	return arena_printf(site->arena, "%s\n\n", text);
}

enum status db_branches(struct call *call, struct error *e)
{
	struct site site;

	if (site_load_whole(call, &site, e) != OK)
		return e->status;
	for (size_t i = 0; i < site.graph.count; i++)
		if (site.graph.nodes[i].children.count > 1 &&
		    look_row_text(call, &site, i, branch_text(call, &site, i),
				  0, e) != OK)
			return e->status;
	return OK;
}

/* The drawing shows the parents, so the lines need not. */
static enum status graph_rows(struct call *call, const struct site *site,
			      const struct nodes *nodes, unsigned flags,
			      struct error *e)
{
	bool *shown = graph_mark(&site->graph, nodes, site->arena);
	struct nodes order = draw_order(&site->graph, shown, site->arena);
	struct draw draw = draw_of(&site->graph, shown, site->arena);

	for (size_t i = 0; i < order.count; i++) {
		size_t node = order.items[i];
		const char *text = look_text(
			site, node,
			flags & ~(unsigned)(LOOK_PARENTS | LOOK_TREE));

		text = draw_node(&draw, node, text);
		if (look_row_text(call, site, node, text, flags, e) != OK)
			return e->status;
	}
	return OK;
}

enum status db_history(struct call *call, struct error *e)
{
	const char *range = call_text(call, "rev_range");
	unsigned flags = LOOK_PARENTS | LOOK_LABELS | LOOK_TREE | LOOK_MESSAGE |
			 long_flag(call);
	struct site site;
	struct nodes nodes;

	if (call_flag(call, "indicate_current"))
		flags |= LOOK_CURRENT;
	if ((range || flags & LOOK_CURRENT
		     ? site_load_to_look(call, &site, e)
		     : site_load_whole(call, &site, e)) != OK ||
	    target_range(&site.graph, &site.current, range ? range : ":",
			 site.arena, &nodes, e) != OK)
		return e->status;
	site_note_empty(&site);
	return (call_flag(call, "graph") ? graph_rows : look_rows)(
		call, &site, &nodes, flags, e);
}

/* Writes a section of the file instead of its description. */
static enum status show_section(struct call *call, const struct site *site,
				size_t node, const char *which, struct error *e)
{
	const struct revision *revision = site->graph.nodes[node].revision;
	const char *text;
	struct sections sections;
	enum status status = site_text(site, revision, &text, &sections, e);
	const struct section *section;
	const char *sql;
	size_t length;

	if (status != OK)
		return status;
	section = strcmp(which, "up") == 0     ? &sections.up
		  : strcmp(which, "down") == 0 ? &sections.down
					       : &sections.verify;
	if (!section->text)
		return fail(e, NOT_FOUND, "%s has no \"-- migrate:%s\" section",
			    revision->name, which);
	sql = section->text + strspn(section->text, " \t\r\n");
	length = strlen(sql);
	while (length && strchr(" \t\r\n", sql[length - 1]))
		length--;
	return look_row_text(call, site, node,
			     arena_copy_n(site->arena, sql, length), LOOK_SQL,
			     e);
}

enum status db_show(struct call *call, struct error *e)
{
	struct site site;
	struct target target;
	const char *spec = call_text(call, "revision");
	const char *which = call_text(call, "sql");

	if (site_of(call, &site, e) != OK ||
	    target_find(&site.graph, &site.current, spec, site.arena, &target,
			e) != OK)
		return e->status;
	if (!target.nodes.count)
		return fail(e, NOT_FOUND, "'%s' names no revision", spec);
	if (target.nodes.count == 1)
		call_mark_single(call);
	for (size_t i = 0; i < target.nodes.count; i++) {
		size_t node = target.nodes.items[i];

		if ((which ? show_section(call, &site, node, which, e)
			   : look_row(call, &site, node,
				      LOOK_LONG | LOOK_CURRENT, e)) != OK)
			return e->status;
	}
	return OK;
}

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
	enum status status = OK;

	for (size_t i = 0; status == OK && i < nodes->count; i++)
		status = look_row(call, site, nodes->items[i], flags, e);
	return status;
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
	enum status status = site_load_to_look(call->context, call->arena,
					       &site, e);
	struct nodes tips;

	if (status == OK && call_flag(call, "check_heads"))
		status = site_guard(&site, e);
	if (status == OK && call_flag(call, "check_heads"))
		status = check_heads(&site, e);
	if (status != OK)
		return status;
	if (!engine_exists(call->context->url))
		context_note(call->context, "database %s does not exist",
			     engine_path(call->context->url, call->arena));
	else if (long_flag(call))
		context_note(call->context,
			     "Current revision(s) for %s:", call->context->url);
	for (size_t i = 0; status == OK && i < site.unknown.count; i++)
		status = look_row_unknown(call, site.unknown.items[i], e);
	if (status != OK)
		return status;
	tips = applied_tips(&site);
	return look_rows(call, &site, &tips, LOOK_TREE | long_flag(call), e);
}

enum status db_heads(struct call *call, struct error *e)
{
	struct site site;
	enum status status = site_load_whole(call->context, call->arena, &site,
					     e);

	if (status != OK)
		return status;
	site_note_empty(&site);
	struct nodes all = graph_heads(&site.graph, site.arena), heads = { 0 };
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
	enum status status = site_load_whole(call->context, call->arena, &site,
					     e);

	for (size_t i = 0; status == OK && i < site.graph.count; i++)
		if (site.graph.nodes[i].children.count > 1)
			status = look_row_text(call, &site, i,
					       branch_text(call, &site, i), 0,
					       e);
	return status;
}

/* The drawing shows the parents, so the lines need not. */
static enum status graph_rows(struct call *call, const struct site *site,
			      const struct nodes *nodes, unsigned flags,
			      struct error *e)
{
	bool *shown = graph_mark(&site->graph, nodes, site->arena);
	struct nodes order = draw_order(&site->graph, shown, site->arena);
	struct draw draw = draw_of(&site->graph, shown, site->arena);
	enum status status = OK;

	for (size_t i = 0; status == OK && i < order.count; i++) {
		size_t node = order.items[i];
		const char *text = look_text(
			site, node,
			flags & ~(unsigned)(LOOK_PARENTS | LOOK_TREE));

		text = draw_node(&draw, node, text);
		status = look_row_text(call, site, node, text, flags, e);
	}
	return status;
}

enum status db_history(struct call *call, struct error *e)
{
	const char *range = call_text(call, "rev_range");
	unsigned flags = LOOK_PARENTS | LOOK_LABELS | LOOK_TREE | LOOK_MESSAGE |
			 long_flag(call);
	struct site site;
	enum status status;
	struct nodes nodes;

	if (call_flag(call, "indicate_current"))
		flags |= LOOK_CURRENT;
	status = range || flags & LOOK_CURRENT
			 ? site_load_to_look(call->context, call->arena, &site,
					     e)
			 : site_load_whole(call->context, call->arena, &site,
					   e);
	if (status == OK)
		status = target_range(&site.graph, &site.current,
				      range ? range : ":", site.arena, &nodes,
				      e);
	if (status == OK)
		site_note_empty(&site);
	if (status == OK && call_flag(call, "graph"))
		return graph_rows(call, &site, &nodes, flags, e);
	return status != OK ? status : look_rows(call, &site, &nodes, flags, e);
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
		return fail(e, NOT_FOUND,
			    "%s has no \"-- migrate:%s\" "
			    "section",
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
	enum status status = site_load(call->context, call->arena,
				       OPERATION_EMPTY, &site, e);

	if (status == OK)
		status = target_find(&site.graph, &site.current, spec,
				     site.arena, &target, e);
	if (status != OK)
		return status;
	if (!target.nodes.count)
		return fail(e, NOT_FOUND, "'%s' names no revision", spec);
	if (target.nodes.count == 1)
		call_mark_single(call);
	for (size_t i = 0; status == OK && i < target.nodes.count; i++)
		status = which ? show_section(call, &site,
					      target.nodes.items[i], which, e)
			       : look_row(call, &site, target.nodes.items[i],
					  LOOK_LONG | LOOK_CURRENT, e);
	return status;
}

/* db stamp, repair, ensure_version. */
#include <string.h>

#include "migrate/graph/target.h"
#include "migrate/op/operations.h"
#include "migrate/record/stamp.h"
#include "migrate/record/version.h"
#include "migrate/run/ran.h"
#include "util/buffer.h"

enum status db_ensure_version(struct call *call, struct error *e)
{
	return version_ensure(call->context->engine, e);
}

static enum status load_stamped(struct call *call, struct site *site,
				bool purge, struct error *e)
{
	struct context *context = call->context;

	if (site_load(context, call->arena, OPERATION_CREATES, site, e) != OK ||
	    site_guard(site, e) != OK)
		return e->status;
	return purge ? OK : site_require_known(site, e);
}

/* Marks a node's ancestors and descendants. */
static void mark_line(const struct site *site, size_t node, bool *marks)
{
	bool *up = graph_above(&site->graph, ONE_NODE(node), site->arena);
	bool *down = graph_below(&site->graph, ONE_NODE(node), site->arena);

	for (size_t i = 0; i < site->graph.count; i++)
		marks[i] = marks[i] || up[i] || down[i];
}

/* Marks what stays applied when a branch is downgraded to its base. */
static void mark_rest(const struct site *site, size_t branch, bool *marks)
{
	bool *gone = graph_above(&site->graph, ONE_NODE(branch), site->arena);
	bool *applied = site_applied(site);

	for (size_t i = 0; i < site->graph.count; i++)
		marks[i] = marks[i] || (applied[i] && !gone[i]);
}

/*
 * Finds the current revisions after the stamp: other branches stay, unless
 * everything is stamped to base.
 */
static enum status find_stamped(const struct call *call,
				const struct site *site,
				const struct values *specs, struct nodes *out,
				struct error *e)
{
	struct graph const *graph = &site->graph;
	bool *line = arena_zero(site->arena, graph->count + 1);
	bool *marks = arena_zero(site->arena, graph->count + 1);
	bool all = call_flag(call, "purge");

	for (size_t i = 0; i < specs->count; i++) {
		struct target target;
		const char *spec = arena_copy_n(site->arena,
						specs->items[i].data,
						specs->items[i].length);

		if (target_find(graph, &site->current, spec, site->arena,
				&target, e) != OK)
			return e->status;
		all = all || (!target.nodes.count && !target.whole_branch);
		if (target.whole_branch) {
			mark_line(site, (size_t)target.branch, line);
			mark_rest(site, (size_t)target.branch, marks);
		}
		for (size_t j = 0; j < target.nodes.count; j++) {
			marks[target.nodes.items[j]] = true;
			mark_line(site, target.nodes.items[j], line);
		}
	}
	for (size_t i = 0; !all && i < site->current.count; i++)
		if (!line[site->current.items[i]])
			marks[site->current.items[i]] = true;
	*out = graph_marked(graph, marks, site->arena);
	graph_reduce(graph, out, site->arena);
	return OK;
}

/* A:B needs no database: starts at A and leaves B in *spec. */
static enum status take_start(struct site *site, struct value *spec,
			      struct error *e)
{
	const char *text = arena_copy_n(site->arena, spec->data, spec->length);
	const char *colon = strchr(text, ':');
	struct target start;
	const char *from;

	if (!colon)
		return OK;
	from = arena_copy_n(site->arena, text, (size_t)(colon - text));
	if (target_find(&site->graph, &site->current, *from ? from : "base",
			site->arena, &start, e) != OK)
		return e->status;
	site->current = start.nodes;
	*spec = value_text(colon[1] ? colon + 1 : "heads");
	return OK;
}

static enum status print_changes(struct call *call, const struct site *site,
				 const struct nodes *to, struct error *e)
{
	BUFFER(sql);
	struct names from = site_ids(site, &site->current);
	struct names ids = site_ids(site, to);
	struct version_changes changes = version_changes(&from, &ids,
							 call->arena);
	const char *target = names_text(&ids, "", call->arena);
	struct ran ran;

	buffer_text(&sql, "BEGIN;\n\n");
	if (!from.count)
		buffer_printf(&sql, "%s;\n\n", version_table_sql);
	buffer_printf(&sql, "-- Running stamp_revision %s -> %s\n\n",
		      names_text(&from, "", call->arena), target);
	for (size_t i = 0; i < changes.count; i++)
		buffer_text(&sql,
			    version_change_sql(&changes.items[i], call->arena));
	buffer_text(&sql, "\nCOMMIT;\n");
	ran = (struct ran){
		.revision = target,
		.direction = "stamp",
		.duration = -1,
		.sql = buffer_string(&sql),
	};
	return ran_row(call, &ran, e);
}

static enum status print_stamp(struct call *call, struct error *e)
{
	struct site site;
	struct nodes to;
	struct values specs = *call_list(call, "revisions");
	struct value only = specs.items[0];

	if (call_flag(call, "purge"))
		return fail(e, USAGE, "Can't use --purge with --sql mode");
	if (specs.count == 1)
		specs.items = &only;
	if (site_load_files(call->context, call->arena, &site, e) != OK ||
	    (specs.count == 1 && take_start(&site, &only, e) != OK) ||
	    find_stamped(call, &site, &specs, &to, e) != OK)
		return e->status;
	return print_changes(call, &site, &to, e);
}

enum status db_stamp(struct call *call, struct error *e)
{
	struct site site;
	struct nodes to;
	struct names ids;
	struct ran ran;

	if (call_flag(call, "sql"))
		return print_stamp(call, e);
	if (load_stamped(call, &site, call_flag(call, "purge"), e) != OK ||
	    find_stamped(call, &site, call_list(call, "revisions"), &to, e) !=
		    OK ||
	    stamp_nodes(&site, &to, e) != OK)
		return e->status;
	ids = site_ids(&site, &to);
	ran = (struct ran){
		.revision = names_text(&ids, "", call->arena),
		.direction = "stamp",
		.duration = -1,
	};
	return ran_row(call, &ran, e);
}

static void note_repaired(const struct context *context,
			  const struct names *changed, struct arena *arena)
{
	bool dry = context->flags & CONTEXT_DRY_RUN;

	if (!changed->count)
		context_note(context, "Nothing to repair");
	else
		context_note(context, "%s the record of %zu revision%s: %s%s",
			     dry ? "Would repair" : "Repaired", changed->count,
			     changed->count == 1 ? "" : "s",
			     names_text(changed, "", arena),
			     dry ? " (dry run)" : "");
}

enum status db_repair(struct call *call, struct error *e)
{
	struct site site;
	struct names changed;
	enum status status = load_stamped(call, &site, false, e);

	if (status != OK)
		return status;
	if (!site.versions.count) {
		context_note(call->context, "No current revisions");
		return OK;
	}
	status = stamp_repair(&site, &changed, e);
	if (status == OK)
		note_repaired(call->context, &changed, call->arena);
	return status;
}

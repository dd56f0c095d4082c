/* db revision, merge. */
#include <string.h>

#include "migrate/generate/autogenerate.h"
#include "migrate/generate/draft.h"
#include "migrate/graph/target.h"
#include "migrate/op/operations.h"
#include "migrate/run/replay.h"

static enum status fail_several(const struct site *site,
				const struct nodes *heads, struct error *e)
{
	fail(e, SCHEMA,
	     "Multiple heads are present (%s); please specify the head "
	     "revision on which the new revision should be based, or perform a "
	     "merge.",
	     nodes_text(&site->graph, heads, site->arena));
	return error_hint(
		e,
		"use --head REV, or run: taskmgr db merge heads -m \"merge\"");
}

static enum status check_splice(const struct site *site,
				const struct nodes *parents, struct error *e)
{
	for (size_t i = 0; i < parents->count; i++)
		if (!node_is_head(&site->graph, parents->items[i]))
			return fail(e, USAGE,
				    "Revision %s is not a head revision; "
				    "please specify --splice to create a new "
				    "branch from this revision",
				    site->graph.nodes[parents->items[i]]
					    .revision->id);
	return OK;
}

/* Finds the new revision's parents. */
static enum status find_parents(const struct call *call,
				const struct site *site, struct names *out,
				struct error *e)
{
	const char *head = call_text(call, "head");
	struct nodes parents = graph_heads(&site->graph, site->arena);

	if (!head && parents.count > 1)
		return fail_several(site, &parents, e);
	if (head) {
		struct target target;

		if (target_find(&site->graph, &site->current, head, site->arena,
				&target, e) != OK)
			return e->status;
		parents = target.nodes;
	}
	*out = site_ids(site, &parents);
	for (size_t i = 0; i < parents.count; i++) {
		const struct revision *revision =
			site->graph.nodes[parents.items[i]].revision;

		if (revision->recorded)
			return fail(e, NOT_FOUND,
				    "Can't locate revision identified by '%s': "
				    "it has no file",
				    revision->id);
	}
	return call_flag(call, "splice") ? OK : check_splice(site, &parents, e);
}

static struct names list_of(const struct call *call, const char *name)
{
	const struct values *values = call_list(call, name);
	struct names names = { 0 };

	for (size_t i = 0; i < values->count; i++)
		*LIST_ADD(call->arena, names.items, names.count) = arena_copy_n(
			call->arena, values->items[i].data,
			values->items[i].length);
	return names;
}

/* Labels are kept, abbreviated ids are completed. */
static enum status find_depends(const struct call *call,
				const struct site *site, struct names *out,
				struct error *e)
{
	struct names given = list_of(call, "depends_on");

	for (size_t i = 0; i < given.count; i++) {
		const char *name = given.items[i];
		struct target target;
		struct names ids;

		if (graph_find_label(&site->graph, name) != GRAPH_NONE) {
			names_add(out, name, site->arena);
			continue;
		}
		if (target_find(&site->graph, &site->current, name, site->arena,
				&target, e) != OK)
			return e->status;
		if (!target.nodes.count)
			return fail(e, USAGE, "'%s' names no revision", name);
		ids = site_ids(site, &target.nodes);
		for (size_t j = 0; j < ids.count; j++)
			names_add(out, ids.items[j], site->arena);
	}
	return OK;
}

/* Ids and labels share a namespace. */
static enum status check_unused(const struct graph *graph, const char *option,
				const char *name, struct error *e)
{
	long label = graph_find_label(graph, name);
	long node = label == GRAPH_NONE ? graph_find(graph, name) : label;
	const struct revision *revision;

	if (node == GRAPH_NONE)
		return OK;
	revision = graph->nodes[node].revision;
	return fail(e, CONFLICT,
		    "--%s %s: revision %s (%s) already has that %s", option,
		    name, revision->id, revision->name,
		    label == GRAPH_NONE ? "identifier" : "label");
}

static enum status check_names(const struct graph *graph,
			       const struct names *labels, const char *id,
			       struct error *e)
{
	for (size_t i = 0; i < labels->count; i++) {
		const char *label = labels->items[i];

		if (revision_check_id(label, "branch label", e) != OK ||
		    check_unused(graph, "branch-label", label, e) != OK)
			return e->status;
	}
	if (!id || revision_check_id(id, "revision identifier", e) != OK)
		return e->status;
	return check_unused(graph, "rev-id", id, e);
}

static enum status start_draft(const struct call *call, const struct site *site,
			       struct draft *draft, struct error *e)
{

	draft->id = call_text(call, "rev_id");
	draft->message = call_text(call, "message");
	draft->labels = list_of(call, "branch_label");
	if (draft->message && revision_is_instruction(draft->message))
		return fail(e, USAGE,
			    "a message cannot begin with \"%.*s:\", a key of "
			    "the revision header",
			    (int)strcspn(draft->message, ":"), draft->message);
	if (draft_require_folder(site, e) != OK)
		return e->status;
	return check_names(&site->graph, &draft->labels, draft->id, e);
}

static void note_changes(const struct context *context, const struct diff *diff)
{
	for (size_t i = 0; i < diff->nchanges; i++)
		if (!diff->changes[i].silent)
			context_note(context, "Detected %s",
				     diff->changes[i].text);
}

/* Fills the draft; *empty if there is nothing to write. */
static enum status autogenerate(const struct call *call,
				const struct site *site, struct draft *draft,
				bool *empty, struct error *e)
{
	struct autogenerate work;

	if (autogenerate_load(site, &work, e) != OK ||
	    autogenerate_options(&work, call, e) != OK ||
	    autogenerate_up(&work, true, e) != OK)
		return e->status;
	*empty = !*work.up.sql;
	if (*empty)
		return OK;
	note_changes(call->context, &work.up);
	if (autogenerate_rows(&work, e) != OK ||
	    autogenerate_down(&work, e) != OK)
		return e->status;
	draft->up = work.up.sql;
	draft->down_sql = work.down.sql;
	draft->foreign_keys_off = work.up.foreign_keys_off ||
				  work.down.foreign_keys_off;
	return OK;
}

enum status db_revision(struct call *call, struct error *e)
{
	bool automatic = call_flag(call, "autogenerate"), empty = false;
	struct site site;
	struct draft draft = { 0 };

	if ((automatic || call_text(call, "head")
		     ? site_of(call, &site, e)
		     : site_load_files(call->context, call->arena, &site, e)) !=
	    OK)
		return e->status;
	if (!automatic &&
	    (call_list(call, "rename")->count ||
	     call_list(call, "fill")->count || call_flag(call, "column_order")))
		return fail(e, USAGE,
			    "--rename, --fill and --column-order need "
			    "--autogenerate");
	if (start_draft(call, &site, &draft, e) != OK ||
	    find_parents(call, &site, &draft.down, e) != OK ||
	    find_depends(call, &site, &draft.depends, e) != OK ||
	    (automatic && autogenerate(call, &site, &draft, &empty, e) != OK))
		return e->status;
	if (!empty)
		return draft_write(&site, &draft, e);
	context_note(call->context, "No changes in schema detected.");
	return OK;
}

static enum status find_merged(const struct call *call, const struct site *site,
			       struct nodes *out, struct error *e)
{
	struct names specs = list_of(call, "revisions");
	bool *marks = arena_zero(site->arena, site->graph.count + 1);

	for (size_t i = 0; i < specs.count; i++) {
		struct target target;

		if (target_find(&site->graph, &site->current, specs.items[i],
				site->arena, &target, e) != OK)
			return error_status(e);
		for (size_t j = 0; j < target.nodes.count; j++)
			marks[target.nodes.items[j]] = true;
	}
	*out = graph_marked(&site->graph, marks, site->arena);
	if (out->count > 1)
		return OK;
	return fail(e, USAGE,
		    "a merge needs at least two revisions, and '%s' %s %s",
		    names_text(&specs, "", site->arena),
		    out->count ? "is" : "names none",
		    nodes_text(&site->graph, out, site->arena));
}

/* Warns of conflicting branches before they are merged. */
static void warn_of_merge(const struct site *site, const struct nodes *parents)
{
	struct schema *schema;
	ERROR(failure, site->arena);

	if (replay_up(site, parents, &schema, &failure) == OK)
		return;
	context_note(site->context, "Warning: %s%s%s", failure.message,
		     failure.detail ? "\n" : "",
		     failure.detail ? failure.detail : "");
	if (failure.hint)
		context_note(site->context, "hint: %s", failure.hint);
}

enum status db_merge(struct call *call, struct error *e)
{
	struct site site;
	struct draft draft = { 0 };
	struct nodes parents;

	if (site_load_files(call->context, call->arena, &site, e) != OK ||
	    start_draft(call, &site, &draft, e) != OK ||
	    find_merged(call, &site, &parents, e) != OK ||
	    (!call_flag(call, "splice") &&
	     check_splice(&site, &parents, e) != OK))
		return e->status;
	draft.down = site_ids(&site, &parents);
	if (!draft.message)
		draft.message = arena_printf(
			call->arena, "merge %s",
			names_text(&draft.down, "", call->arena));
	warn_of_merge(&site, &parents);
	return draft_write(&site, &draft, e);
}

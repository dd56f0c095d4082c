#include "migrate/record/site.h"

#include <string.h>

#include "migrate/record/version.h"
#include "migrate/revision/folder.h"
#include "schema/model/read.h"

static bool has_revision(const struct site *site, const char *id)
{
	for (size_t i = 0; i < site->nrevisions; i++)
		if (strcmp(site->revisions[i].id, id) == 0)
			return true;
	return false;
}

/* Adds a revision from its record, and its ancestors, up to one that has a
   file. */
static enum status add_recorded(struct site *site, const char *id,
				struct error *e)
{
	struct names wanted = { 0 };

	names_add(&wanted, id, site->arena);
	for (size_t i = 0; i < wanted.count; i++) {
		struct record *record;
		enum status status;
		struct revision *revision;

		if (has_revision(site, wanted.items[i]))
			continue;
		status = record_read(site->engine, wanted.items[i], site->arena,
				     &record, e);
		if (status != OK)
			return status;
		if (!record || !record->body)
			continue;
		revision = LIST_ADD(site->arena, site->revisions,
				    site->nrevisions);
		status = revision_parse(record->body,
					arena_printf(site->arena,
						     "(record of %s)",
						     wanted.items[i]),
					site->arena, revision, e);
		if (status != OK)
			return status;
		revision->recorded = true;
		for (size_t j = 0; j < revision->down.count; j++)
			names_add(&wanted, revision->down.items[j],
				  site->arena);
	}
	return OK;
}

static enum status build_graph(struct site *site, struct error *e)
{
	return graph_build(site->revisions, site->nrevisions, site->arena,
			   &site->graph, e);
}

static enum status read_files(struct context *context, struct arena *arena,
			      struct site *out, struct error *e)
{
	*out = (struct site){
		.context = context,
		.arena = arena,
		.folder = context->migrations,
	};
	return folder_revisions(out->folder, arena, &out->revisions,
				&out->nrevisions, e);
}

enum status site_load_files(struct context *context, struct arena *arena,
			    struct site *out, struct error *e)
{
	if (read_files(context, arena, out, e) != OK)
		return e->status;
	return build_graph(out, e);
}

/* Splits the version table's rows into current nodes and unknown ids. */
static void find_current(struct site *site)
{
	bool *marks = arena_zero(site->arena, site->graph.count + 1);

	site->unknown = (struct names){ 0 };
	for (size_t i = 0; i < site->versions.count; i++) {
		long node = graph_find(&site->graph, site->versions.items[i]);

		if (node == GRAPH_NONE)
			names_add(&site->unknown, site->versions.items[i],
				  site->arena);
		else
			marks[node] = true;
	}
	site->current = graph_marked(&site->graph, marks, site->arena);
}

/* Parents may have lost their file. */
static enum status build_with_recorded(struct site *site, struct error *e)
{
	size_t before = site->nrevisions;
	ERROR(second, e->arena);

	if (build_graph(site, e) == OK)
		return OK;
	for (size_t i = 0; i < before; i++) {
		const struct names *down = &site->revisions[i].down;

		for (size_t j = 0; j < down->count; j++)
			if (add_recorded(site, down->items[j], &second) != OK)
				return e->status;
	}
	if (site->nrevisions == before)
		return e->status;
	error_init(e, e->arena);
	return build_graph(site, e);
}

/* Current revisions may have lost their file, too. */
static enum status find_recorded(struct site *site, struct error *e)
{
	size_t before = site->nrevisions;

	find_current(site);
	for (size_t i = 0; i < site->unknown.count; i++)
		if (add_recorded(site, site->unknown.items[i], e) != OK)
			return e->status;
	if (site->nrevisions == before)
		return OK;
	if (build_graph(site, e) != OK)
		return e->status;
	find_current(site);
	return OK;
}

enum status site_load(struct context *context, struct arena *arena,
		      unsigned operation_flags, struct site *out,
		      struct error *e)
{
	if (read_files(context, arena, out, e) != OK)
		return e->status;
	if (!context->engine && !engine_exists(context->url))
		return build_graph(out, e);
	if (context_open(context, operation_flags, e) != OK)
		return e->status;
	out->engine = out->record = context->engine;
	if (version_read(out->engine, arena, &out->versions, e) != OK ||
	    build_with_recorded(out, e) != OK)
		return e->status;
	return find_recorded(out, e);
}

enum status site_of(const struct call *call, struct site *out, struct error *e)
{
	return site_load(call->context, call->arena, OPERATION_EMPTY, out, e);
}

enum status site_load_to_look(const struct call *call, struct site *out,
			      struct error *e)
{
	bool foreign;

	if (site_of(call, out, e) != OK ||
	    site_leave_builtin(out, &foreign, e) != OK)
		return e->status;
	if (foreign)
		context_note(call->context,
			     "The built-in migrations do not apply to %s; for "
			     "migrations of its own: taskmgr db init",
			     call->context->url);
	return OK;
}

enum status site_load_whole(const struct call *call, struct site *out,
			    struct error *e)
{
	struct site whole;
	enum status status = site_load_files(call->context, call->arena, out,
					     e);
	ERROR(second, e->arena);

	if ((status != OK && status != SCHEMA) ||
	    (status == OK && out->folder) ||
	    !engine_exists(call->context->url) ||
	    site_load_to_look(call, &whole, &second) != OK)
		return status;
	error_init(e, e->arena);
	*out = whole;
	return OK;
}

enum status site_refresh(struct site *site, bool *moved, struct error *e)
{
	struct names before = site->versions;

	if ((before.count ? version_rows : version_read)(
		    site->engine, site->arena, &site->versions, e) != OK)
		return e->status;
	*moved = before.count != site->versions.count;
	for (size_t i = 0; !*moved && i < before.count; i++)
		*moved = strcmp(before.items[i], site->versions.items[i]) != 0;
	if (*moved)
		find_current(site);
	return OK;
}

bool site_is_ours(const struct site *site)
{
	return site->folder || (site->current.count && !site->unknown.count);
}

static enum status check_foreign(const struct site *site, bool *foreign,
				 struct error *e)
{
	struct schema *schema;

	*foreign = false;
	if (!site->engine || site_is_ours(site))
		return OK;
	if (schema_read(site->engine, site->arena, &schema, e) == OK)
		*foreign = schema->ntables || site->versions.count;
	return e->status;
}

enum status site_guard(const struct site *site, struct error *e)
{
	bool foreign;

	if (check_foreign(site, &foreign, e) != OK || !foreign)
		return e->status;
	fail(e, SCHEMA,
	     "the database %s has tables that are not from the built-in "
	     "migrations; they are not applied to it",
	     site->context->url);
	return error_hint(e, "to have migrations of its own: taskmgr db init");
}

enum status site_leave_builtin(struct site *site, bool *foreign,
			       struct error *e)
{
	if (check_foreign(site, foreign, e) != OK || !*foreign)
		return e->status;
	site->nrevisions = 0;
	if (build_graph(site, e) == OK)
		find_current(site);
	return e->status;
}

/* Describes a revision without a file from its record. */
static const char *describe_missing(const struct site *site, const char *id,
				    struct error *e)
{
	struct record *record = NULL;
	ARENA(scratch);
	ERROR(ignored, &scratch);

	/* The message is complete without the record. */
	if (record_read(site->engine, id, site->arena, &record, &ignored) !=
		    OK ||
	    !record)
		return "";
	return arena_printf(e->arena, " (\"%s\", applied %s)",
			    record->message ? record->message : "",
			    record->applied_at ? record->applied_at
					       : "at an unknown time");
}

static enum status fail_missing(const struct site *site, const char *id,
				const char *hint, struct error *e)
{
	fail(e, SCHEMA,
	     "Can't locate revision identified by '%s': the database has it%s, "
	     "but it has no file in %s",
	     id, describe_missing(site, id, e),
	     folder_path(site->folder, "versions", site->arena));
	return error_hint(e, "get its file, or %s", hint);
}

enum status site_require_known(const struct site *site, struct error *e)
{
	if (!site->unknown.count)
		return OK;
	return fail_missing(site, site->unknown.items[0],
			    "run: taskmgr db stamp --purge REV", e);
}

enum status site_require_files(const struct site *site, struct error *e)
{
	const bool *applied = site_applied(site);

	if (site_require_known(site, e) != OK)
		return e->status;
	for (size_t i = site->graph.count; i--;) {
		const struct revision *revision = site->graph.nodes[i].revision;

		if (applied[i] && revision->recorded)
			return fail_missing(
				site, revision->id,
				"go back with: taskmgr db downgrade -1", e);
	}
	return OK;
}

enum status site_require_head(const struct site *site, struct error *e)
{
	struct nodes heads = graph_heads(&site->graph, site->arena);
	const bool *applied = site_applied(site);

	if (site_require_files(site, e) != OK)
		return e->status;
	for (size_t i = 0; i < heads.count; i++) {
		if (applied[heads.items[i]])
			continue;
		fail(e, SCHEMA, "Target database is not up to date.");
		return error_hint(e, "run: taskmgr db upgrade%s",
				  heads.count > 1 ? " heads" : "");
	}
	return OK;
}

enum status site_text(const struct site *site, const struct revision *revision,
		      const char **text, struct sections *sections,
		      struct error *e)
{
	if (revision->recorded) {
		struct record *record;

		if (record_read(site->record, revision->id, site->arena,
				&record, e) != OK)
			return e->status;
		if (!record || !record->body)
			return fail(e, SCHEMA,
				    "Can't locate revision identified by '%s'",
				    revision->id);
		*text = record->body;
	} else if (revision->text) {
		*text = revision->text;
	} else if (folder_read(site->folder, revision->name, site->arena, text,
			       e) != OK) {
		return e->status;
	}
	return revision_sections(*text, revision->name, site->arena, sections,
				 e);
}

enum status site_is_edited(const struct site *site,
			   const struct revision *revision, const char *sum,
			   bool *edited, struct error *e)
{
	ARENA(scratch);
	struct site here = *site;
	const char *text;
	struct sections sections;

	here.arena = &scratch;
	if (site_text(&here, revision, &text, &sections, e) != OK)
		return error_status(e);
	*edited = strcmp(revision_sum(revision, &sections, &scratch), sum) != 0;
	return OK;
}

static enum status fail_edited(const struct record *record,
			       const struct revision *revision, struct error *e)
{
	fail(e, SCHEMA, "Revision %s was changed after it was applied (%s): %s",
	     revision->id, record->applied_at ? record->applied_at : "",
	     revision->name);
	return error_hint(
		e,
		"put the file back, or accept the change: taskmgr db repair");
}

enum status site_check_edited(const struct site *site,
			      const struct nodes *nodes, struct error *e)
{
	struct records records;

	if (record_all(site->engine, site->arena, &records, e) != OK)
		return e->status;
	for (size_t i = 0; i < nodes->count; i++) {
		const struct revision *revision =
			site->graph.nodes[nodes->items[i]].revision;
		const struct record *record = record_find(&records,
							  revision->id);
		bool edited;

		if (!record || !record->sum || revision->recorded)
			continue;
		if (site_is_edited(site, revision, record->sum, &edited, e) !=
		    OK)
			return e->status;
		if (edited)
			return fail_edited(record, revision, e);
	}
	return OK;
}

void site_note_empty(const struct site *site)
{
	if (site->folder && !site->graph.count)
		context_note(site->context,
			     "There are no revisions yet\n"
			     "write the first with: taskmgr db revision "
			     "--autogenerate -m \"…\"");
}

bool *site_applied(const struct site *site)
{
	return graph_below(&site->graph, &site->current, site->arena);
}

struct names site_ids(const struct site *site, const struct nodes *nodes)
{
	struct names names = nodes_ids(&site->graph, nodes, site->arena);

	names_sort(&names);
	return names;
}

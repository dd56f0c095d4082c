/* db import-alembic. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "migrate/alembic/alembic.h"
#include "migrate/generate/draft.h"
#include "migrate/op/operations.h"
#include "migrate/revision/folder.h"
#include "migrate/revision/scan.h"

struct alembic_import {
	struct call *call;
	struct site site;
	const char *folder; /* Alembic's */
	struct revision *found;
	size_t nfound;
	struct revision *baselines; /* baselines of db init that replace some */
	size_t nbaselines;
	struct alembic_steps up, down;
	bool *covered;      /* nodes whose tables a baseline creates; or NULL */
	const char *config; /* alembic.ini, or NULL */
	size_t without;     /* how many revisions have no SQL */
	size_t final;       /* how many have no downgrade */
};

static bool is_python(const char *name)
{
	size_t length = strlen(name);

	return length > 3 && strcmp(name + length - 3, ".py") == 0 &&
	       *name != '.' && *name != '_';
}

static enum status read_file(struct alembic_import *import, const char *file,
			     struct error *e)
{
	struct arena *arena = import->call->arena;
	const char *name = arena_printf(arena, "versions/%s", file);
	const char *text;
	struct revision revision;

	if (folder_read(import->folder, name, arena, &text, e) != OK ||
	    alembic_parse(text, name, arena, &revision, e) != OK ||
	    !revision.id ||
	    revision_check_id(revision.id, "revision identifier", e) != OK)
		return e->status;
	*LIST_ADD(arena, import->found, import->nfound) = revision;
	return OK;
}

static enum status read_files(struct alembic_import *import, struct error *e)
{
	const char *path = folder_path(import->folder, "versions",
				       import->call->arena);
	DIRECTORY(dir, path);
	enum status status = OK;

	if (!dir)
		return fail(e, FAILED, "%s: %s", path, strerror(errno));
	for (struct dirent *entry; status == OK && (entry = readdir(dir));)
		if (is_python(entry->d_name))
			status = read_file(import, entry->d_name, e);
	if (status == OK && !import->nfound)
		status = fail(e, NOT_FOUND, "%s: contains no Alembic revisions",
			      path);
	return status;
}

static const struct revision *find_revision(const struct alembic_import *import,
					    const char *id)
{
	for (size_t i = 0; i < import->nfound; i++)
		if (strcmp(import->found[i].id, id) == 0)
			return &import->found[i];
	return NULL;
}

static void remove_found(struct alembic_import *import, const char *id)
{
	size_t kept = 0;

	for (size_t i = 0; i < import->nfound; i++)
		if (strcmp(import->found[i].id, id) != 0)
			import->found[kept++] = import->found[i];
	import->nfound = kept;
}

/* Existing revisions stay; a baseline that db init created for one of Alembic's
   is replaced. */
static void drop_duplicates(struct alembic_import *import)
{
	struct site *site = &import->site;
	size_t kept = 0;

	for (size_t i = 0; i < site->nrevisions; i++) {
		struct revision revision = site->revisions[i];

		if (find_revision(import, revision.id)) {
			if (strcmp(revision.message, BASELINE_MESSAGE) == 0) {
				*LIST_ADD(site->arena, import->baselines,
					  import->nbaselines) = revision;
				continue;
			}
			remove_found(import, revision.id);
		}
		site->revisions[kept++] = revision;
	}
	site->nrevisions = kept;
}

/* All revisions, each after those that it needs. */
static enum status sort_revisions(const struct alembic_import *import,
				  struct graph *out, struct error *e)
{
	const struct site *site = &import->site;
	size_t count = site->nrevisions + import->nfound;
	struct revision *all = arena_array(site->arena, count + 1,
					   sizeof(*all));

	for (size_t i = 0; i < count; i++)
		all[i] = i < site->nrevisions
				 ? site->revisions[i]
				 : import->found[i - site->nrevisions];
	return graph_build(all, count, site->arena, out, e);
}

static const char *find_config(const struct alembic_import *import)
{
	struct arena *arena = import->call->arena;
	const char *const paths[] = {
		arena_printf(arena, "%s/alembic.ini", import->folder),
		arena_printf(arena, "%s/../alembic.ini", import->folder),
		"alembic.ini",
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		if (!access(paths[i], R_OK))
			return paths[i];
	return NULL;
}

static void ask_alembic(struct alembic_import *import,
			const struct graph *graph)
{
	struct arena *arena = import->call->arena;
	const char *config = import->config = find_config(import);
	struct nodes heads;

	if (!config)
		return;
	import->up = alembic_upgrades(config, arena);
	heads = graph_heads(graph, arena);
	for (size_t i = 0; import->up.count && i < heads.count; i++)
		alembic_downgrades(config,
				   graph->nodes[heads.items[i]].revision->id,
				   arena, &import->down);
}

/* If Alembic doesn't print the SQL of every revision that a baseline replaces,
   the baseline's SQL is used for all of them. */
static void find_covered(struct alembic_import *import,
			 const struct graph *graph)
{
	struct nodes tips = { 0 };
	bool *below;

	for (size_t i = 0; i < import->nbaselines; i++)
		nodes_add(&tips,
			  (size_t)graph_find(graph, import->baselines[i].id),
			  import->call->arena);
	below = graph_below(graph, &tips, import->call->arena);
	for (size_t i = 0; i < graph->count; i++)
		if (below[i] &&
		    !alembic_find(&import->up, graph->nodes[i].revision->id))
			import->covered = below;
}

/* The baseline with the tables, if db init found several heads. */
static enum status find_whole(const struct alembic_import *import,
			      const char **id, const char **sql,
			      struct error *e)
{
	*sql = NULL;
	for (size_t i = 0; !*sql && i < import->nbaselines; i++) {
		const char *text;
		struct sections sections;
		struct span statement;
		struct scan scan;

		*id = import->baselines[i].id;
		if (site_text(&import->site, &import->baselines[i], &text,
			      &sections, e) != OK)
			return e->status;
		scan = scan_of(sections.up.text);
		if (scan_statement(&scan, &statement))
			*sql = sections.up.text;
	}
	return OK;
}

static enum status use_baseline(struct alembic_import *import,
				const struct revision *revision,
				struct draft *draft, struct error *e)
{
	const char *id = NULL, *sql;

	import->without++;
	import->final++;
	draft->final = true;
	if (find_whole(import, &id, &sql, e) != OK)
		return e->status;
	draft->up = sql && strcmp(id, revision->id) == 0
			    ? sql
			    : arena_printf(import->call->arena,
					   "-- Its code is in Alembic's %s; "
					   "the tables are in revision %s.\n",
					   revision->name, id);
	return OK;
}

static enum status use_alembic_sql(struct alembic_import *import, size_t node,
				   const struct revision *revision,
				   struct draft *draft, struct error *e)
{
	if (import->covered && import->covered[node])
		return use_baseline(import, revision, draft, e);
	draft->up = alembic_find(&import->up, revision->id);
	if (draft->up)
		draft->down_sql = alembic_find(&import->down, revision->id);
	draft->final = !draft->down_sql;
	import->final += draft->final;
	if (draft->up)
		return OK;
	import->without++;
	draft->sql_unknown = true;
	draft->up = arena_printf(import->call->arena,
				 "-- Its code is in Alembic's %s.\n",
				 revision->name);
	return OK;
}

static enum status write_imported(struct alembic_import *import, size_t node,
				  const struct revision *revision,
				  struct error *e)
{
	struct site *site = &import->site;
	struct draft draft = {
		.id = revision->id,
		.message = revision->message,
		.create_date = revision->create_date,
		.down = revision->down,
		.labels = revision->labels,
		.depends = revision->depends,
	};
	enum status status = use_alembic_sql(import, node, revision, &draft, e);

	if (status == OK)
		status = draft_write(site, &draft, e);
	*LIST_ADD(site->arena, site->revisions, site->nrevisions) = *revision;
	return status;
}

static enum status write_revisions(struct alembic_import *import,
				   const struct graph *graph, struct error *e)
{
	for (size_t i = 0; i < graph->count; i++) {
		const struct revision *revision = find_revision(
			import, graph->nodes[i].revision->id);

		if (revision && write_imported(import, i, revision, e) != OK)
			return e->status;
	}
	return OK;
}

static void note_result(const struct alembic_import *import)
{
	const struct context *context = import->call->context;
	struct arena *arena = import->call->arena;
	const char *without = "", *final = "";

	if (import->without)
		without = arena_printf(arena,
				       ", %zu of them without their own SQL",
				       import->without);
	if (import->final)
		final = arena_printf(arena, ", %zu without a downgrade",
				     import->final);
	if (context->flags & CONTEXT_DRY_RUN)
		return;
	for (size_t i = 0; i < import->nbaselines; i++)
		unlink(folder_path(import->site.folder,
				   import->baselines[i].name, arena));
	context_note(context, "Imported %zu revision%s from %s%s%s",
		     import->nfound, import->nfound == 1 ? "" : "s",
		     import->folder, without, final);
	if (import->without && import->config)
		context_note(context,
			     "Alembic printed no SQL for them; to see why, "
			     "run: alembic -c %s upgrade heads --sql",
			     import->config);
	else if (import->without)
		context_note(context,
			     "Alembic was not run: no alembic.ini in %s, its "
			     "parent folder or the current one",
			     import->folder);
}

enum status db_import_alembic(struct call *call, struct error *e)
{
	struct alembic_import import = {
		.call = call,
		.folder = call_text(call, "directory"),
	};
	struct graph graph;

	if (site_load_files(call->context, call->arena, &import.site, e) !=
		    OK ||
	    draft_require_folder(&import.site, e) != OK ||
	    read_files(&import, e) != OK)
		return e->status;
	drop_duplicates(&import);
	if (sort_revisions(&import, &graph, e) != OK)
		return e->status;
	ask_alembic(&import, &graph);
	find_covered(&import, &graph);
	if (write_revisions(&import, &graph, e) == OK)
		note_result(&import);
	return e->status;
}

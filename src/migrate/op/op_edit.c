/* db edit, list_templates. */
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "migrate/generate/draft.h"
#include "migrate/graph/target.h"
#include "migrate/op/operations.h"
#include "migrate/revision/folder.h"

static const char *editor_command(void)
{
	const char *command = getenv("VISUAL");

	if (!command || !*command)
		command = getenv("EDITOR");
	return command && *command ? command : "vi";
}

/* $EDITOR may contain options, so the shell splits it. */
static enum status run_editor(const char *path, struct arena *arena,
			      struct error *e)
{
	const char *command = arena_printf(arena, "%s \"$1\"",
					   editor_command());
	char *const words[] = {
		arena_copy(arena, "sh"),    arena_copy(arena, "-c"),
		arena_copy(arena, command), arena_copy(arena, "sh"),
		arena_copy(arena, path),    NULL,
	};
	pid_t child;
	int state = 0,
	    code = posix_spawn(&child, "/bin/sh", NULL, NULL, words, environ);

	if (code)
		return fail(e, FAILED, "Error executing editor (%s)",
			    strerror(code));
	while (waitpid(child, &state, 0) < 0)
		if (errno != EINTR)
			return fail(e, FAILED, "Error executing editor (%s)",
				    strerror(errno));
	if (WIFEXITED(state) && !WEXITSTATUS(state))
		return OK;
	if (WIFSIGNALED(state))
		return fail(
			e, FAILED,
			"Error executing editor ('%s' was ended by signal %d)",
			editor_command(), WTERMSIG(state));
	return fail(e, FAILED,
		    "Error executing editor ('%s' returned non-zero exit "
		    "status %d)",
		    editor_command(), WEXITSTATUS(state));
}

/* Checks that the file is still a revision; sets sum to its hash. */
static enum status check_file(const struct site *site,
			      const struct revision *revision, const char **sum,
			      struct error *e)
{
	const char *text;
	struct sections sections;
	struct revision now;

	if (folder_read(site->folder, revision->name, site->arena, &text, e) !=
		    OK ||
	    revision_parse(text, revision->name, site->arena, &now, e) != OK ||
	    revision_sections(text, revision->name, site->arena, &sections,
			      e) != OK)
		return error_status(e);
	*sum = revision_sum(&now, &sections, site->arena);
	return OK;
}

static enum status edit_revision(const struct site *site, size_t node,
				 bool applied, struct error *e)
{
	const struct revision *revision = site->graph.nodes[node].revision;
	const char *before = "", *after;
	ERROR(broken, site->arena);

	if (revision->recorded)
		return fail(e, NOT_FOUND, "revision %s has no file",
			    revision->id);
	if (check_file(site, revision, &before, &broken) != OK)
		before = "";
	if (run_editor(folder_path(site->folder, revision->name, site->arena),
		       site->arena, e) != OK ||
	    check_file(site, revision, &after, e) != OK)
		return e->status;
	if (applied && strcmp(before, after) != 0)
		context_note(site->context,
			     "Revision %s has already been run; to accept the "
			     "edited file, run: taskmgr db repair",
			     revision->id);
	return OK;
}

enum status db_edit(struct call *call, struct error *e)
{
	struct site site;
	struct target target;
	const char *spec = call_text(call, "revision");
	bool *applied;

	if (site_of(call, &site, e) != OK ||
	    draft_require_folder(&site, e) != OK ||
	    target_find(&site.graph, &site.current, spec, site.arena, &target,
			e) != OK)
		return e->status;
	if (!target.nodes.count)
		return fail(e, NOT_FOUND,
			    "No revision files indicated by symbol '%s'", spec);
	applied = site_applied(&site);
	for (size_t i = 0; i < target.nodes.count; i++) {
		size_t node = target.nodes.items[i];

		if (edit_revision(&site, node, applied[node], e) != OK)
			return e->status;
	}
	/* The parents of the others must still exist. */
	return site_load_files(call->context, call->arena, &site, e);
}

enum status db_list_templates(struct call *call, struct error *e)
{
	struct value values[] = {
		value_text("generic - Plain SQL revisions for one database."),
		value_text("generic"),
		value_text("Plain SQL revisions for one database."),
	};

	return call_row(call, values, e);
}

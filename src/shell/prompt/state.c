#include "shell/prompt/state.h"

#include <string.h>

#include "migrate/migrate.h"
#include "util/buffer.h"
#include "util/text.h"
#include "util/version.h"

/* The database as people call it: its file's name, or the URL. */
static const char *database_name(const struct context *context,
				 struct arena *arena)
{
	const char *path = engine_path(context->url, arena);
	const char *slash = path ? strrchr(path, '/') : NULL;
	BUFFER(out);

	path = slash ? slash + 1 : path ? path : context->url;
	text_show(&out, path);
	return arena_copy(arena, buffer_string(&out));
}

/* Points the context at the session's database; false if its settings are
   wrong, which the next command reports. */
static bool find_database(struct session *session, struct arena *arena)
{
	struct error ignored;

	error_init(&ignored, arena);
	return session_point(session, NULL, arena, &ignored) == OK;
}

/* Whether there are revisions to run; a database that can't be read at once is
   not waited for. */
static bool has_pending(struct context *context, struct arena *arena)
{
	struct error e;

	error_init(&e, arena);
	if (!context->engine && !engine_exists(context->url))
		return false;
	context->flags |= CONTEXT_SHORT_WAIT;
	return migrate_require_head(context, arena, &e) == SCHEMA;
}

static bool in_transaction(const struct context *context)
{
	return context->engine && engine_in_transaction(context->engine);
}

/* What Tab and colours need while a command is typed. */
static void load_catalog(struct session *session, struct arena *arena)
{
	struct error ignored;

	error_init(&ignored, arena);
	if (session_catalog(session, false, &ignored) != OK)
		session->loaded = false;
}

void state_prompt(struct session *session, struct arena *arena,
		  struct prompt *out)
{
	const struct settings *settings = &session->settings;
	struct context *context = &session->context;
	const char *name;
	BUFFER(states);

	if (find_database(session, arena)) {
		name = database_name(context, arena);
		if (strcmp(context->url, CONTEXT_DEFAULT_URL) != 0)
			buffer_item(&states, name);
		if (has_pending(context, arena))
			buffer_item(&states, "pending");
		load_catalog(session, arena);
	}
	if (settings->read_only)
		buffer_item(&states, "read-only");
	if (settings->dry_run)
		buffer_item(&states, "dry-run");
	out->first = arena_printf(
		arena, "taskmgr%s%s%s%s> ", states.length ? "(" : "",
		buffer_string(&states), states.length ? ")" : "",
		in_transaction(context) ? "*" : "");
	out->second = arena_printf(
		arena, "%*s> ",
		(int)text_width(out->first, strlen(out->first)) - 2, "...");
}

const char *state_greeting(struct session *session, struct arena *arena)
{
	const struct context *context = &session->context;
	const char *rest = "help lists commands, Tab completes, exit "
			   "leaves";

	if (!find_database(session, arena))
		return arena_printf(arena, "taskmgr %s: %s", TASKMGR_VERSION,
				    rest);
	if (!context->engine && !engine_exists(context->url))
		return arena_printf(arena,
				    "taskmgr %s: %s does not exist yet, db "
				    "upgrade creates it\n%s",
				    TASKMGR_VERSION,
				    database_name(context, arena), rest);
	return arena_printf(arena, "taskmgr %s, %s: %s", TASKMGR_VERSION,
			    database_name(context, arena), rest);
}

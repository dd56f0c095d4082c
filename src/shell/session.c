#include "shell/session.h"

#include <string.h>

#include "engine/introspect.h"
#include "shell/terminal.h"

void session_init(struct session *session, const struct settings *settings)
{
	*session = (struct session){
		.settings = *settings,
		.current = *settings,
		.where = "",
		.context = { .note = terminal_note, .door = session },
	};
	arena_init(&session->arena);
	arena_init(&session->pointed);
}

/* Forgets what was read of the schema, which a command may have changed. */
static void forget_catalog(struct session *session)
{
	arena_clear(&session->arena);
	session->loaded = false;
}

static void let_go(struct session *session)
{
	forget_catalog(session);
	context_close(&session->context);
	arena_clear(&session->pointed);
	session->context.url = NULL;
	session->context.migrations = NULL;
	session->context.config = NULL;
}

void session_clear(struct session *session)
{
	let_go(session);
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static const char *keep(struct session *session, const char *text)
{
	return text ? arena_copy(&session->pointed, text) : NULL;
}

static unsigned context_flags(const struct settings *settings)
{
	return (settings->read_only ? CONTEXT_READ_ONLY : 0u) |
	       (settings->dry_run ? CONTEXT_DRY_RUN : 0u) |
	       (settings->yes ? CONTEXT_YES : 0u) |
	       (settings->verbose ? CONTEXT_VERBOSE : 0u);
}

enum status session_point(struct session *session, const char *const *words,
			  size_t nwords, struct arena *arena, struct error *e)
{
	struct context *context = &session->context;
	struct settings wanted;

	session->current = session->settings;
	settings_scan(&session->current, words, nwords);
	wanted = session->current;
	if (settings_complete(&wanted, arena, e) != OK)
		return e->status;
	if (!same(context->url, wanted.db) ||
	    !same(context->migrations, wanted.migrations) ||
	    !same(context->config, wanted.config)) {
		let_go(session);
		context->url = keep(session, wanted.db);
		context->migrations = keep(session, wanted.migrations);
		context->config = keep(session, wanted.config);
	}
	context->flags = context_flags(&wanted);
	if (context_refresh(context))
		forget_catalog(session);
	session->current = wanted;
	return OK;
}

void session_settle(struct session *session)
{
	session->context.flags = context_flags(&session->current);
}

enum status session_catalog(struct session *session, bool const_only,
			    struct error *e)
{
	struct context *context = &session->context;
	int64_t version = session->schema_version;

	if (session->keeps && context->engine &&
	    engine_schema_version(context->engine, &version, e) != OK)
		return e->status;
	if (session->loaded && session->loaded_const == const_only &&
	    !session->catalog.missing && version == session->schema_version)
		return OK;
	forget_catalog(session);
	if (catalog_load(context, const_only ? CATALOG_CONST_ONLY : CATALOG_ALL,
			 &session->arena, &session->catalog, e) != OK)
		return e->status;
	if (session->keeps && context->engine &&
	    engine_schema_version(context->engine, &version, e) != OK)
		return e->status;
	session->schema_version = version;
	session->loaded = true;
	session->loaded_const = const_only;
	return OK;
}

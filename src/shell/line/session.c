#include "shell/line/session.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "engine/introspect.h"
#include "shell/line/problem.h"
#include "shell/line/terminal.h"
#include "undo/undo.h"
#include "util/number.h"
#include "util/text.h"

void session_init(struct session *session, const struct settings *settings)
{
	*session = (struct session){
		.settings = *settings,
		.current = *settings,
		.where = "",
		.context = { .note = terminal_note,
			     .print_problem = problem_print,
			     .door = session,
			     .keep_undo = undo_keep },
	};
	arena_init(&session->arena);
	arena_init(&session->pointed);
	arena_init(&session->kept);
	recording_init(&session->results[0]);
	recording_init(&session->results[1]);
}

/* Drops the catalog: a command may have changed the schema. */
static void forget_catalog(struct session *session)
{
	arena_clear(&session->arena);
	session->loaded = false;
}

static void forget_database(struct session *session)
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
	forget_database(session);
	arena_clear(&session->kept);
	recording_clear(&session->results[0]);
	recording_clear(&session->results[1]);
	buffer_clear(&session->previous);
	buffer_clear(&session->edited);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static unsigned context_flags(const struct settings *settings)
{
	return (settings->read_only ? CONTEXT_READ_ONLY : 0u) |
	       (settings->dry_run ? CONTEXT_DRY_RUN : 0u) |
	       (settings->yes ? CONTEXT_YES : 0u) |
	       (settings->verbose ? CONTEXT_VERBOSE : 0u);
}

/* A command on another database, or with other rights, would be outside of the
   open transaction. */
static enum status check_transaction(const struct context *context,
				     const struct settings *wanted,
				     struct error *e)
{
	if (!context->engine || !engine_in_transaction(context->engine) ||
	    (same_text(context->url, wanted->db) &&
	     wanted->read_only == context->opened_read_only))
		return OK;
	fail(e, USAGE, "a transaction is open on %s%s", context->url,
	     context->opened_read_only ? ", read-only" : "");
	error_hint(e, "first: commit, or rollback");
	return e->status;
}

static enum status take_timeout(struct session *session, const char *text,
				struct error *e)
{
	const double longest = 1e6;
	struct context *context = &session->context;
	double seconds = 0;

	if (text && (parse_real(text, strlen(text), &seconds) != PARSED ||
		     !(seconds >= 0 && seconds <= longest)))
		return fail(e, USAGE,
			    "--timeout must be a number of seconds, not %s",
			    text);
	session->wait = text ? (int)(seconds * 1000) : ENGINE_WAIT;
	context->wait = &session->wait;
	if (context->engine)
		engine_set_wait(context->engine, session->wait);
	return OK;
}

enum status session_point(struct session *session, const struct settings *named,
			  struct arena *arena, struct error *e)
{
	struct context *context = &session->context;
	struct settings wanted;

	session->current = named ? *named : session->settings;
	session->named = session->current;
	wanted = session->current;
	if (settings_complete(&wanted, arena, e) != OK ||
	    check_transaction(context, &wanted, e) != OK)
		return e->status;
	if (!same_text(context->url, wanted.db) ||
	    !same_text(context->migrations, wanted.migrations) ||
	    !same_text(context->config, wanted.config)) {
		forget_database(session);
		context->url = arena_copy(&session->pointed, wanted.db);
		context->migrations = arena_copy(&session->pointed,
						 wanted.migrations);
		context->config = arena_copy(&session->pointed, wanted.config);
	}
	context->flags = context_flags(&wanted);
	/* Opening the database may have to wait, too. */
	if (take_timeout(session, wanted.timeout, e) != OK)
		return e->status;
	if (context_refresh(context))
		forget_catalog(session);
	session->current = wanted;
	return OK;
}

enum status session_settle(struct session *session, struct error *e)
{
	session->context.flags = context_flags(&session->current);
	return take_timeout(session, session->current.timeout, e);
}

/* At the prompt the options that the program started with apply anyway. */
static void add_option(const struct session *session, const char *name,
		       const char *given, const char *at_start,
		       struct buffer *out)
{
	if (!given || (session->prompts && given == at_start))
		return;
	buffer_printf(out, " --%s ", name);
	text_shell(out, given);
}

const char *session_program(const struct session *session, struct arena *arena)
{
	const struct settings *given = &session->named;
	const struct settings *start = &session->settings;
	BUFFER(out);

	buffer_text(&out, "taskmgr");
	add_option(session, "db", given->db, start->db, &out);
	add_option(session, "migrations", given->migrations, start->migrations,
		   &out);
	add_option(session, "config", given->config, start->config, &out);
	return arena_copy(arena, buffer_string(&out));
}

const char *session_find_program(const char *text)
{
	static const char name[] = "taskmgr ";

	for (const char *p = text; (p = strstr(p, name)); p++) {
		bool begins = p == text || (p - text >= 2 && p[-1] == ' ' &&
					    strchr(":;", p[-2]));

		/* Not its version. */
		if (begins && !isdigit((unsigned char)p[strlen(name)]))
			return p + strlen(name);
	}
	return NULL;
}

const char *session_name_program(const struct session *session,
				 const char *text, struct arena *arena)
{
	const char *program = session_program(session, arena), *rest;
	BUFFER(out);

	while ((rest = session_find_program(text))) {
		buffer_add(&out, text,
			   (size_t)(rest - text) - strlen("taskmgr "));
		buffer_printf(&out, "%s ", program);
		text = rest;
	}
	buffer_text(&out, text);
	return arena_copy(arena, buffer_string(&out));
}

static bool is_json(const char *name)
{
	const struct output_format *format = output_format_find(name);

	return format && format->nests;
}

/* Whether a word is --json, --json=id, --format=json or the like. */
static bool asks_json(const char *word, const char *next, struct arena *arena)
{
	const char *equals = strchrnul(word, '=');
	const struct setting *setting =
		strncmp(word, "--", 2) == 0
			? setting_find(arena_copy_n(
				  arena, word + 2, (size_t)(equals - word) - 2))
			: NULL;

	if (!setting || setting->offset != offsetof(struct settings, format))
		return false;
	return is_json(setting->value ? setting->value
		       : *equals      ? equals + 1
				      : next);
}

/* What comes after the error was not read yet. */
bool session_wants_json(const struct session *session)
{
	ARENA(arena);

	for (size_t i = 0; i < session->nwords; i++) {
		const char *const *word = &session->words[i];

		if (strcmp(*word, "--") == 0)
			break;
		if (asks_json(*word, i + 1 < session->nwords ? word[1] : "",
			      &arena))
			return true;
	}
	return session->current.format && is_json(session->current.format);
}

enum status session_catalog(struct session *session, bool const_only,
			    struct error *e)
{
	struct context *context = &session->context;
	int64_t version = 0;

	/* A catalog read through another connection may be of another file. */
	if (session->loaded && session->loaded_const == const_only &&
	    context->engine) {
		if (engine_schema_version(context->engine, &version, e) != OK)
			return e->status;
		if (version == session->schema_version)
			return OK;
	}
	forget_catalog(session);
	if (catalog_load(context,
			 (const_only ? CATALOG_CONST_ONLY : 0u) | CATALOG_LAZY,
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

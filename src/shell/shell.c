#include "shell/shell.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "catalog/word.h"
#include "shell/command/command.h"
#include "shell/line/interrupt.h"
#include "shell/line/invocation.h"
#include "shell/line/terminal.h"
#include "shell/prompt/repl.h"
#include "shell/word/script.h"

static enum status report_error(const struct session *session,
				const struct error *e)
{
	terminal_error(session, "", e);
	return e->status;
}

/* Checks the command line alone: taskmgr.ini may have both of a pair. */
static enum status check_serve_options(const struct settings *settings,
				       struct error *e)
{
	const char *option = settings->dry_run  ? "dry-run"
			     : settings->output ? "output"
						: NULL;

	if (option)
		return fail(e, USAGE, "--%s cannot be combined with --serve",
			    option);
	if (settings->unix_socket && (settings->host || settings->port))
		return fail(e, USAGE, "--unix cannot be combined with --%s",
			    settings->host ? "host" : "port");
	return OK;
}

static enum status serve_http(struct session *session, struct arena *arena,
			      shell_serve *serve, struct error *e)
{
	struct reading tokens;

	if (check_serve_options(&session->settings, e) != OK)
		return e->status;
	if (session_point(session, NULL, arena, e) != OK)
		return e->status;
	/* Grouped writes would wait for each other's undo. */
	session->context.keep_undo = NULL;
	/* The command line overrides the file's socket. */
	if (session->settings.host || session->settings.port)
		session->current.unix_socket = NULL;
	if (session->current.token_file)
		context_guard(&session->context, &tokens,
			      session->current.token_file);
	return serve(&session->context, &session->current, &session->again, e);
}

static enum status run_file(struct session *session, const char *path)
{
	FILE *file = fopen(path, "re");
	enum status status;

	if (!file) {
		ARENA(arena);
		struct error e;

		error_init(&e, &arena);
		fail(&e, FAILED, "%s: %s", path, strerror(errno));
		return report_error(session, &e);
	}
	status = script_run_file(session, file, path);
	fclose(file);
	return status;
}

static bool is_input(const struct source *source)
{
	return source->is_file && strcmp(source->text, "-") == 0;
}

static enum status run_source(struct session *session,
			      const struct source *source)
{
	if (!source->is_file)
		return script_run(session, source->text);
	return is_input(source)
		       ? script_run_file(session, stdin, "standard input")
		       : run_file(session, source->text);
}

/* Refuses an --output that one of the sources would replace. */
static enum status guard_sources(struct session *session,
				 const struct invocation *invocation,
				 struct arena *arena, struct error *e)
{
	const char *output = session->settings.output;

	for (size_t i = 0; i < invocation->nsources; i++) {
		const struct source *source = &invocation->sources[i];

		session->reads_input |= is_input(source);
		if (source->is_file)
			context_guard(
				&session->context,
				arena_alloc(arena, sizeof(struct reading)),
				source->text);
	}
	return output ? context_check_output(&session->context, NULL, "output",
					     output, e)
		      : OK;
}

/* All -c and -f, in the order given; the first failure. */
static enum status run_sources(struct session *session,
			       const struct invocation *invocation,
			       struct arena *arena)
{
	enum status first = OK;
	ERROR(e, arena);

	if (guard_sources(session, invocation, arena, &e) != OK)
		return report_error(session, &e);
	for (size_t i = 0; i < invocation->nsources && !session->left; i++) {
		enum status status = run_source(session,
						&invocation->sources[i]);

		if (first == OK)
			first = status;
		if (status != OK && (!session->settings.keep_going ||
				     status == CLOSED || status == INTERRUPTED))
			break;
	}
	return first;
}

/* An option that only starts the program excludes a command. */
static enum status refuse_both(const struct session *session,
			       const struct invocation *invocation,
			       struct arena *arena)
{
	const struct parameter *start = &invocation->starts->parameter;
	struct error e;

	error_init(&e, arena);
	fail(&e, USAGE, "\"%s\" cannot be combined with --%s",
	     invocation->title, start->name);
	if (start->letter == 'c')
		error_hint(&e,
			   "to read another taskmgr.ini, use --config FILE");
	else if (invocation->starts->kind == SETTING_SERVER)
		error_hint(&e, "--%s works only with --serve", start->name);
	return report_error(session, &e);
}

/* Options of the listener would have no effect without it. */
static enum status check_listener_options(const struct settings *settings,
					  struct error *e)
{
	for (const struct setting *s = settings_table; s->parameter.name; s++)
		if (s->kind == SETTING_SERVER && setting_is_set(settings, s))
			return fail(e, USAGE, "--%s works only with --serve",
				    s->parameter.name);
	return OK;
}

static enum status start_session(struct session *session,
				 struct invocation *invocation,
				 struct arena *arena, shell_serve *serve)
{
	const struct settings *settings = &session->settings;
	struct error e;

	error_init(&e, arena);
	if (invocation_resolve(invocation, session, arena, &e) != OK)
		return report_error(session, &e);
	session->settings = session->current;
	if (settings->version)
		return command_version(session);
	if (settings->help)
		return command_invoke(session, invocation, arena);
	if (settings->serve)
		return serve_http(session, arena, serve, &e) == OK
			       ? OK
			       : report_error(session, &e);
	if (check_listener_options(settings, &e) != OK)
		return report_error(session, &e);
	if (!invocation->nsources && isatty(STDIN_FILENO))
		return repl_run(session);
	if (!invocation->nsources)
		*LIST_ADD(arena, invocation->sources, invocation->nsources) =
			(struct source){ .text = "-", .is_file = true };
	return run_sources(session, invocation, arena);
}

/* A transaction that is open at the end is undone, which is a failure. */
static enum status end_session(struct session *session, enum status status,
			       struct arena *arena)
{
	struct context *context = &session->context;
	struct error e;

	if (!context->engine || !engine_in_transaction(context->engine))
		return status;
	error_init(&e, arena);
	if (engine_end(context->engine, false, &e) == OK)
		fail(&e, FAILED,
		     "the transaction was not committed: its "
		     "changes were undone");
	report_error(session, &e);
	return status == OK ? FAILED : status;
}

/* The listener's settings have changed.  Returns only if that fails. */
static enum status start_again(const struct session *session, char **argv,
			       struct arena *arena)
{
	struct error e;

	execvp(argv[0], argv);
	error_init(&e, arena);
	fail(&e, FAILED, "cannot start %s again: %s", argv[0], strerror(errno));
	return report_error(session, &e);
}

int shell_main(int argc, char **argv, shell_serve *serve)
{
	const char *const *words = (const char *const *)argv + 1;
	size_t nwords = argc > 1 ? (size_t)argc - 1 : 0;
	struct invocation invocation;
	struct session session;
	enum status status;
	ARENA(arena);

	session_init(&session, &(struct settings){ .db = NULL });
	session.words = words;
	session.nwords = nwords;
	interrupt_catch();
	invocation_read(&invocation, words, nwords, &arena);
	if (nwords && word_kind(words[0]) == WORD_COMPLETE) {
		command_complete(&session, words + 1, nwords - 1);
		status = OK;
	} else if (!invocation.noun && !invocation.helping) {
		status = start_session(&session, &invocation, &arena, serve);
		status = end_session(&session, status, &arena);
	} else if (invocation.starts) {
		status = refuse_both(&session, &invocation, &arena);
	} else {
		status = command_invoke(&session, &invocation, &arena);
	}
	if (session.again && status == OK)
		status = start_again(&session, argv, &arena);
	session_clear(&session);
	interrupt_end();
	return status_exit(status);
}

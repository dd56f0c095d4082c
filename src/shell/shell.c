#include "shell/shell.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shell/command.h"
#include "shell/interrupt.h"
#include "shell/invocation.h"
#include "shell/repl.h"
#include "shell/script.h"
#include "shell/terminal.h"

static enum status told(const struct error *e)
{
	terminal_error("", "", e);
	return e->status;
}

/* Options without a command: they say how the program is started. */
static enum status start_options(struct session *session,
				 const char *const *words, size_t nwords,
				 struct arena *arena, struct error *e)
{
	struct invocation invocation;

	if (invocation_parse(session, words, nwords, arena, &invocation, e) !=
	    OK)
		return e->status;
	session->settings = session->current;
	return OK;
}

static enum status serve_http(struct session *session, struct arena *arena,
			      shell_serve *serve, struct error *e)
{
	if (session_point(session, NULL, 0, arena, e) != OK)
		return e->status;
	return serve(&session->context, &session->current, e);
}

static enum status run_file(struct session *session, const char *path,
			    struct error *e)
{
	FILE *file = fopen(path, "re");
	enum status status;

	if (!file)
		return fail(e, FAILED, "%s: %s", path, strerror(errno));
	status = script_run_file(session, file, path);
	fclose(file);
	return status;
}

/* -c, -f and --serve are ways to start, and leave no room for a command. */
static enum status refuse_both(const char *const *words, size_t nwords)
{
	ARENA(arena);
	struct error e;

	error_init(&e, &arena);
	fail(&e, USAGE,
	     "%s stands beside an option that starts taskmgr in "
	     "another way",
	     invocation_title(words, nwords, &arena));
	error_hint(&e,
		   "give either a command, or -c, -f or --serve; --config FILE "
		   "reads another taskmgr.ini");
	return told(&e);
}

/* Whether words before the command say how to start. */
static bool starts_otherwise(const char *const *words, const char *noun)
{
	for (size_t i = 0; words[i] != noun; i++) {
		const struct setting *setting =
			words[i][0] != '-'   ? NULL
			: words[i][1] == '-' ? setting_find(words[i] + 2)
					     : setting_find_letter(words[i][1]);

		if (setting && setting->kind != SETTING_GLOBAL)
			return true;
	}
	return false;
}

static enum status start(struct session *session, const char *const *words,
			 size_t nwords, shell_serve *serve)
{
	const struct settings *settings = &session->settings;
	ARENA(arena);
	struct error e;

	error_init(&e, &arena);
	if (start_options(session, words, nwords, &arena, &e) != OK)
		return told(&e);
	if (settings->version)
		return command_version();
	if (settings->help)
		return command_run(session, words, nwords);
	if (settings->serve)
		return serve_http(session, &arena, serve, &e) == OK ? OK
								    : told(&e);
	if (settings->command)
		return script_run(session, settings->command);
	if (settings->file && strcmp(settings->file, "-") != 0) {
		enum status status = run_file(session, settings->file, &e);

		return e.status == OK ? status : told(&e);
	}
	if (isatty(STDIN_FILENO) && !settings->file)
		return repl_run(session);
	session->reads_input = true;
	return script_run_file(session, stdin, "standard input");
}

int shell_main(int argc, char **argv, shell_serve *serve)
{
	const char *const *words = (const char *const *)argv + 1;
	size_t nwords = argc > 1 ? (size_t)argc - 1 : 0;
	const char *noun = invocation_noun(words, nwords);
	struct session session;
	enum status status;

	session_init(&session, &(struct settings){ .db = NULL });
	interrupt_catch();
	if (nwords && strcmp(words[0], "__complete") == 0) {
		command_complete(&session, words + 1, nwords - 1);
		status = OK;
	} else if (noun && starts_otherwise(words, noun)) {
		status = refuse_both(words, nwords);
	} else if (noun) {
		status = command_run(&session, words, nwords);
	} else {
		status = start(&session, words, nwords, serve);
	}
	session_clear(&session);
	return status_exit(status);
}

#include "shell/command/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "catalog/word.h"
#include "describe/complete.h"
#include "describe/help.h"
#include "describe/help_json.h"
#include "shell/command/input_file.h"
#include "shell/command/result.h"
#include "shell/line/terminal.h"
#include "util/version.h"

static enum status print_help(struct session *session,
			      const struct invocation *invocation,
			      struct error *e)
{
	const struct catalog *catalog = &session->catalog;
	BUFFER(text);

	if (session_wants_json(session) &&
	    (!invocation->noun || catalog_has_noun(catalog, invocation->noun)))
		help_json(catalog, invocation->noun, invocation->operation,
			  &text);
	else if (invocation->operation)
		help_operation(invocation->operation, &text);
	else if (!invocation->noun)
		help_program(catalog, session->keeps, &text);
	else if (invocation->helping && !strcmp(invocation->noun, HELP_OPTIONS))
		help_options(session->keeps, &text);
	else if (catalog_has_noun(catalog, invocation->noun))
		help_noun(catalog, invocation->noun, &text);
	else if (!invocation->helping || !help_word(invocation->noun, &text))
		return catalog_get(catalog, NULL, invocation->noun, "",
				   &(const struct operation *){ NULL }, e);
	return result_print(session, &text, e);
}

enum status command_version(struct session *session)
{
	ARENA(arena);
	ERROR(e, &arena);
	BUFFER(text);

	buffer_text(&text,
		    "taskmgr " TASKMGR_VERSION "\n"
		    "Copyright (C) 2026 the taskmgr authors\n"
		    "License GPL-3.0-or-later: GNU GPL version 3 or later\n"
		    "This is free software; there is NO WARRANTY.\n");
	/* What --output must not replace; a broken taskmgr.ini is no reason not
	   to print the version. */
	if ((session->settings.output &&
	     session_point(session, NULL, &arena, &e) != OK) ||
	    result_print(session, &text, &e) != OK)
		terminal_error(session, "", &e);
	return e.status;
}

/* Hints at the format if --data is not JSON at all, such as CSV. */
static void hint_data(const struct input *input, struct error *e)
{
	const struct feed *feed = input->feed;
	const char *text = feed && feed->length ? feed_rest(feed) : "";

	if (*text && !strchr("{[", *text) && e->nproblems &&
	    strcmp(e->problems[0].type, "json_invalid") == 0)
		error_hint(e, "--data reads JSON only: an object, an array or "
			      "JSON Lines, as list --json and --jsonl write "
			      "them");
}

static enum status run_operation(struct session *session,
				 const struct invocation *invocation,
				 struct arena *arena, struct error *e)
{
	struct input input = {
		.pairs = invocation->pairs,
		.npairs = invocation->npairs,
		.words = invocation->words,
		.nwords = invocation->nwords,
		.place = "option",
	};
	struct arguments arguments;
	SPOOL(spool);
	struct call call = {
		.context = &session->context,
		.arena = arena,
		.operation = invocation->operation,
		.arguments = &arguments,
		.spool = &spool,
	};
	INPUT_FILE(file);

	if (invocation->data) {
		if (input_file_data(session, invocation->data, &file, e) != OK)
			return e->status;
		input.feed = &file.feed;
	}
	if (operation_decode(call.operation, &input, arena, &arguments, e) !=
	    OK) {
		hint_data(&input, e);
		return e->status;
	}
	if (input_file_argument(session, &call, &file, e) != OK)
		return e->status;
	return result_run(session, &call, e);
}

enum { FEW_COMMANDS = 15 };

/* A noun alone is incomplete: names its commands, many by its help. */
static enum status refuse_bare_noun(const struct session *session,
				    const char *noun, struct error *e)
{
	const struct catalog *catalog = &session->catalog;
	const struct operation *operation;
	size_t count = 0;
	BUFFER(verbs);

	if (!catalog_has_noun(catalog, noun))
		return OK;
	for (size_t i = 0; (operation = catalog_next(catalog, noun, &i));)
		buffer_printf(&verbs, "%s%s", count++ ? ", " : "",
			      operation->verb);
	fail(e, USAGE, "%s needs a command", noun);
	if (count > FEW_COMMANDS)
		error_hint(e, "taskmgr help %s lists them", noun);
	else
		error_hint(e, "one of %s", verbs.data);
	e->option = "--help";
	return USAGE;
}

static enum status point_session(struct session *session,
				 const struct invocation *invocation,
				 struct arena *arena, struct error *e)
{
	struct settings named = session->settings;

	invocation_name_database(invocation, &named);
	return session_point(session, &named, arena, e);
}

/* The database and the catalog that the command's words need. */
static enum status prepare_session(struct session *session,
				   const struct invocation *invocation,
				   struct arena *arena, struct error *e)
{
	const char *noun = invocation->noun;
	bool const_only = noun && catalog_find_const(noun, NULL);

	if (point_session(session, invocation, arena, e) != OK)
		return e->status;
	if (const_only)
		context_renew(&session->context);
	return session_catalog(session, const_only, e);
}

static enum status run_invocation(struct session *session,
				  struct invocation *invocation,
				  struct arena *arena, struct error *e)
{
	if (invocation_resolve(invocation, session, arena, e) != OK)
		return e->status;
	session->current.help |= invocation->helping;
	if (session_settle(session, e) != OK)
		return e->status;
	session->context.ask = terminal_can_ask(&session->current)
				       ? terminal_ask
				       : NULL;
	session->context.progress = terminal_shows_progress(&session->current)
					    ? terminal_progress
					    : NULL;
	if (session->current.help)
		return print_help(session, invocation, e);
	if (!invocation->noun) {
		fail(e, USAGE, "no command given");
		error_hint(e, "options apply to one command: user "
			      "list --json");
		return USAGE;
	}
	if (!invocation->operation) {
		if (refuse_bare_noun(session, invocation->noun, e) != OK)
			return e->status;
		return catalog_get(&session->catalog, &session->context,
				   invocation->noun, "", &invocation->operation,
				   e);
	}
	return run_operation(session, invocation, arena, e);
}

static enum status leave_session(struct session *session,
				 const char *const *words, size_t nwords,
				 struct error *e)
{
	if (nwords > 1)
		return fail(e, USAGE, "unexpected argument \"%s\"", words[1]);
	session->left = true;
	return OK;
}

const char *const *command_words(const char *const *words, size_t *nwords)
{
	bool named = *nwords && word_kind(words[0]) == WORD_PROGRAM;

	*nwords -= named;
	return words + named;
}

enum status command_invoke(struct session *session,
			   struct invocation *invocation, struct arena *arena)
{
	const char *what = "";
	struct error e;

	error_init(&e, arena);
	if (prepare_session(session, invocation, arena, &e) != OK)
		what = invocation->title;
	else if (run_invocation(session, invocation, arena, &e) != OK &&
		 invocation->operation)
		what = operation_title(invocation->operation, arena);
	if (e.status != OK)
		terminal_error(session, what, &e);
	return e.status;
}

enum status command_run(struct session *session, const char *const *words,
			size_t nwords)
{
	ARENA(arena);
	struct invocation invocation;
	struct error e;

	if (!nwords)
		return OK;
	session->words = words;
	session->nwords = nwords;
	error_init(&e, &arena);
	if (word_kind(words[0]) != WORD_LEAVE) {
		invocation_read(&invocation, words, nwords, &arena);
		e.status = command_invoke(session, &invocation, &arena);
	} else if (leave_session(session, words, nwords, &e) != OK) {
		terminal_error(session, words[0], &e);
	}
	session->nwords = 0;
	/* Its options were its own. */
	session->current = session->settings;
	return e.status;
}

void command_complete(struct session *session, const char *const *words,
		      size_t nwords)
{
	ARENA(arena);
	struct candidates candidates;
	struct invocation invocation;
	struct error e;
	BUFFER(out);

	error_init(&e, &arena);
	invocation_read(&invocation, words, nwords, &arena);
	if (point_session(session, &invocation, &arena, &e) != OK)
		return;
	session->context.flags |= CONTEXT_SHORT_WAIT;
	if (session_catalog(session, false, &e) != OK) {
		/* The db commands work even if the database can't be read. */
		error_init(&e, &arena);
		if (session_catalog(session, true, &e) != OK)
			return;
	}
	complete_words(&session->catalog, &session->context, words, nwords, 0,
		       &arena, &candidates);
	for (size_t i = 0; i < candidates.count; i++) {
		const char *description = candidates.items[i].description;

		buffer_text(&out, candidates.items[i].text);
		if (description)
			buffer_printf(&out, "\t%s", description);
		buffer_byte(&out, '\n');
	}
	if (result_write(&out, STDOUT_FILENO, &e) != OK)
		return;
}

#include "shell/script.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shell/command.h"
#include "shell/terminal.h"
#include "shell/words.h"

struct script_state {
	struct session *session;
	enum status first; /* failure */
	bool stop;
};

static void note_status(struct script_state *state, enum status status)
{
	if (status == OK)
		return;
	if (state->first == OK)
		state->first = status;
	state->stop = !state->session->settings.keep_going ||
		      status == CLOSED || status == INTERRUPTED;
}

/* The commands of a text; *open if its end leaves a quote open. */
static void run_text(struct script_state *state, const char *text, bool *open)
{
	struct session *session = state->session;

	*open = false;
	while (*text && !state->stop) {
		ARENA(arena);
		struct words words;
		struct error e;

		error_init(&e, &arena);
		if (words_split(&text, &arena, &words, open, &e) != OK)
			return;
		note_status(state,
			    command_run(session, words.items, words.count));
	}
}

static void refuse(struct script_state *state, enum status status,
		   const char *why)
{
	ARENA(arena);
	struct error e;

	error_init(&e, &arena);
	note_status(state, fail(&e, status, "%s", why));
	terminal_error(state->session->where, "", &e);
}

static void refuse_open(struct script_state *state)
{
	refuse(state, USAGE, "a quote is not closed");
}

enum status script_run(struct session *session, const char *text)
{
	struct script_state state = { .session = session };
	bool open;

	session->keeps = true;
	run_text(&state, text, &open);
	if (open)
		refuse_open(&state);
	return state.first;
}

/* Whether a quote is open at the end: then the command goes on. */
static bool goes_on(const char *text)
{
	ARENA(arena);
	struct words words;
	struct error e;
	bool open = false;

	error_init(&e, &arena);
	while (*text && !open)
		if (words_split(&text, &arena, &words, &open, &e) != OK)
			break;
	return open;
}

enum status script_run_file(struct session *session, FILE *file,
			    const char *name)
{
	struct script_state state = { .session = session };
	ARENA(arena);
	BUFFER(text);
	char *line = NULL;
	size_t size = 0;
	int number = 0, first = 1;
	bool open = false;
	ssize_t n;

	session->keeps = true;
	while (!state.stop && (n = getline(&line, &size, file)) >= 0) {
		number++;
		buffer_add(&text, line, (size_t)n);
		if (goes_on(text.data))
			continue;
		session->where = arena_printf(&arena, "%s:%d: ", name, first);
		run_text(&state, text.data, &open);
		buffer_clear(&text);
		first = number + 1;
	}
	if (text.length && !state.stop) {
		session->where = arena_printf(&arena, "%s:%d: ", name, first);
		run_text(&state, text.data, &open);
		if (open)
			refuse_open(&state);
	}
	if (ferror(file)) {
		session->where = arena_printf(&arena, "%s: ", name);
		refuse(&state, FAILED, strerror(errno));
	}
	free(line);
	session->where = "";
	return state.first;
}

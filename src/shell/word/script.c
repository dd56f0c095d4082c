#include "shell/word/script.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shell/line/terminal.h"
#include "shell/line/words.h"
#include "shell/word/commands.h"

struct script_state {
	struct session *session;
	enum status first; /* failure, or OK */
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

static void report_failure(struct script_state *state, struct error *e)
{
	note_status(state, e->status);
	terminal_error(state->session, "", e);
}

static void run_text(struct script_state *state, const char *text)
{
	struct session *session = state->session;

	while (*text && !state->stop && !session->left)
		note_status(state, commands_run_next(session, &text));
}

/* Skips a UTF-8 byte order mark, which some editors write. */
static const char *skip_mark(const char *text)
{
	return strncmp(text, "\xef\xbb\xbf", 3) == 0 ? text + 3 : text;
}

enum status script_run(struct session *session, const char *text)
{
	struct script_state state = { .session = session };

	session->keeps = true;
	run_text(&state, skip_mark(text));
	return state.first;
}

/* Runs the command that begins at line first, and empties text. */
static void run_lines(struct script_state *state, const char *name, int first,
		      struct buffer *text)
{
	struct session *session = state->session;
	ARENA(arena);

	session->where = arena_printf(&arena, "%s:%d: ", name, first);
	run_text(state, first == 1 ? skip_mark(text->data) : text->data);
	session->where = "";
	buffer_clear(text);
}

static void refuse_read(struct script_state *state, const char *name)
{
	ARENA(arena);
	struct error e;

	error_init(&e, &arena);
	fail(&e, FAILED, "%s: %s", name, strerror(errno));
	report_failure(state, &e);
}

/* The rest of a line after NUL would be skipped without a word. */
static void refuse_nul(struct script_state *state, const char *name, int number)
{
	struct session *session = state->session;
	ARENA(arena);
	struct error e;

	error_init(&e, &arena);
	fail(&e, USAGE, "the line contains NUL, so it is not text");
	error_hint(&e, "save the commands as text in UTF-8");
	session->where = arena_printf(&arena, "%s:%d: ", name, number);
	report_failure(state, &e);
	session->where = "";
}

enum status script_run_file(struct session *session, FILE *file,
			    const char *name)
{
	struct script_state state = { .session = session };
	BUFFER(text);
	const char *open = NULL;
	char *line = NULL;
	size_t size = 0;
	int number = 0, first = 1;
	ssize_t n;

	session->keeps = true;
	while (!state.stop && !session->left &&
	       (n = getline(&line, &size, file)) >= 0) {
		number++;
		if (memchr(line, '\0', (size_t)n)) {
			refuse_nul(&state, name, number);
			buffer_clear(&text);
			first = number + 1;
			open = NULL;
			continue;
		}
		buffer_add(&text, line, (size_t)n);
		/* Splitting the whole command after each line would make a
		   long one quadratic. */
		if (open && !command_words_may_end(open, line))
			continue;
		open = command_words_open(text.data);
		if (open)
			continue;
		run_lines(&state, name, first, &text);
		first = number + 1;
	}
	if (ferror(file))
		refuse_read(&state, name);
	else if (text.length)
		run_lines(&state, name, first, &text);
	free(line);
	return state.first;
}

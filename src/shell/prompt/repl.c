#include "shell/prompt/repl.h"

#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "catalog/word.h"
#include "shell/line/interrupt.h"
#include "shell/line/words.h"
#include "shell/word/commands.h"
#include "shell/word/history.h"
#include "shell/prompt/mark.h"
#include "shell/prompt/paint.h"
#include "shell/prompt/state.h"
#include "shell/prompt/tab.h"
#include "util/buffer.h"

static void start_readline(void)
{
	setlocale(LC_CTYPE, "");
	rl_readline_name = "taskmgr";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	if (!isatty(STDOUT_FILENO))
		rl_outstream = stderr;
}

/* Whether the command continues after this line. */
static bool goes_on(const char *typed)
{
	BUFFER(text);

	buffer_printf(&text, "%s\n", typed);
	return command_words_open(text.data);
}

/* Appends line to the lines before it, and frees both. */
static char *join_lines(char *before, char *line)
{
	char *joined;

	if (!before)
		return line;
	if (asprintf(&joined, "%s\n%s", before, line) < 0)
		joined = NULL;
	free(before);
	free(line);
	return joined;
}

/* Set by readline's callback: a line, or NULL at the end of input. */
static char *typed;
static bool line_done;

static void on_line(char *line)
{
	rl_callback_handler_remove();
	typed = line;
	line_done = true;
}

/* Ctrl-C: discards the line and shows a new prompt. */
static void clear_line(void)
{
	rl_callback_sigcleanup();
	rl_free_line_state();
	rl_echo_signal_char(SIGINT);
	rl_crlf();
	rl_replace_line("", 0);
	rl_on_new_line();
	rl_callback_handler_remove();
}

/* Ctrl-Z: returns the terminal to the shell until it continues us. */
static void suspend_repl(void)
{
	rl_deprep_terminal();
	raise(SIGSTOP);
	rl_prep_terminal(1);
	rl_forced_update_display();
}

static void handle_signal(int number, bool *cleared)
{
	switch (number) {
	case SIGINT:
		paint_key();
		clear_line();
		*cleared = true;
		break;
	case SIGTSTP:
		paint_key();
		suspend_repl();
		break;
	case SIGWINCH:
		paint_resize();
		break;
	}
}

/* Waits for a key or a signal; as ppoll. */
static int wait_for_key(struct pollfd *input, const sigset_t *waiting)
{
	int limit = paint_wait();
	struct timespec time = { .tv_nsec = 1000000L * limit };
	int ready = ppoll(input, 1, limit < 0 ? NULL : &time, waiting);

	if (ready == 0)
		paint_rest();
	return ready;
}

/*
 * Reads one line.  Signals are handled before the keys that came after them, so
 * that Ctrl-C neither keeps a key of the old line nor eats one of the new.
 * *cleared: Ctrl-C was pressed.
 */
static char *read_line(const struct prompt *prompt, bool second, bool *cleared)
{
	FILE *marks = second ? NULL : prompt->marks;
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	sigset_t waiting;

	line_done = false;
	*cleared = false;
	/* readline remembers a Ctrl-D that ended an unclosed quote. */
	rl_eof_found = 0;
	paint_begin(second);
	mark_prompt(marks);
	rl_callback_handler_install(second ? prompt->second : prompt->first,
				    on_line);
	mark_input(marks);
	interrupt_hold(&waiting);
	for (int ready = 0; !line_done && !*cleared;) {
		handle_signal(interrupt_noted(), cleared);
		if (!*cleared && ready > 0) {
			paint_key();
			rl_callback_read_char();
		}
		if (!*cleared && !line_done)
			ready = wait_for_key(&input, &waiting);
	}
	interrupt_release();
	return *cleared ? strdup("") : typed;
}

/* Reads a command, of several lines if it continues; NULL at end of input. */
static char *read_command(const struct prompt *prompt)
{
	char *whole = NULL, *line;
	bool cleared;

	interrupt_forget();
	do {
		tab_continue(whole);
		line = read_line(prompt, whole, &cleared);
		/* Ctrl-C, and Ctrl-D in a continued command, discard it. */
		if (cleared || (!line && whole)) {
			free(whole);
			return line ? line : strdup("");
		}
		if (line)
			whole = join_lines(whole, line);
	} while (line && whole && goes_on(whole));
	return whole;
}

static void run_line(struct session *session, FILE *marks, const char *line)
{
	enum status status = OK;

	if (!*line)
		return;
	mark_output(marks);
	while (*line && !session->left && status == OK)
		status = commands_run_next(session, &line);
	mark_end(marks, status);
}

/* What "edit" edits is the last command but itself. */
static void keep_previous(struct session *session, const char *line)
{
	if (word_kind(line) == WORD_EDIT || !line[strspn(line, " \t\n;")])
		return;
	buffer_clear(&session->previous);
	buffer_text(&session->previous, line);
}

static FILE *message_stream(void)
{
	return rl_outstream ? rl_outstream : stdout;
}

static void greet(struct session *session)
{
	ARENA(arena);

	if (!session->settings.quiet)
		fprintf(message_stream(), "%s\n",
			state_greeting(session, &arena));
}

/* The edited command, shown as if it was typed. */
static char *take_edited(struct session *session, const char *prompt)
{
	char *line = strdup(session->edited.data);

	fprintf(message_stream(), "%s%s\n", prompt, line ? line : "");
	fflush(message_stream());
	buffer_clear(&session->edited);
	return line;
}

/*
 * No connection stays open at the prompt: if another process replaced the
 * database file, SQLite would apply the old file's -wal to the new one.
 */
static char *read_next(struct session *session, FILE **marks)
{
	ARENA(arena);
	struct prompt prompt;

	state_prompt(session, &arena, &prompt);
	*marks = prompt.marks = mark_stream(session, message_stream());
	context_renew(&session->context);
	return session->edited.length ? take_edited(session, prompt.first)
				      : read_command(&prompt);
}

enum status repl_run(struct session *session)
{
	ARENA(arena);
	const char *history;
	FILE *marks;
	char *line;

	session->keeps = true;
	session->prompts = true;
	tab_start(session);
	start_readline();
	paint_start(session);
	history = history_open(&arena);
	greet(session);
	while (!session->left && !interrupt_ended() &&
	       (line = read_next(session, &marks))) {
		history_keep(history, line);
		run_line(session, marks, line);
		keep_previous(session, line);
		free(line);
	}
	if (!session->left)
		fputs("exit\n", message_stream());
	history_trim(history);
	return OK;
}

#include "shell/prompt/repl.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "describe/complete.h"
#include "shell/line/command.h"
#include "shell/line/interrupt.h"
#include "shell/line/words.h"
#include "util/buffer.h"

enum { HISTORY = 10000 }; /* entries kept in the file */

/* For readline's callbacks, which take no argument for it. */
static struct session *completing;

static char *next_candidate(const char *text, int state)
{
	static struct arena arena;
	static struct candidates candidates;
	static size_t next;

	if (!state) {
		struct command_words words;
		struct error e;
		const char *line;
		bool open;

		arena_clear(&arena);
		next = 0;
		candidates.count = 0;
		error_init(&e, &arena);
		line = arena_copy_n(&arena, rl_line_buffer,
				    (size_t)(rl_point - (int)strlen(text)));
		if (command_words_split(&line, &arena, &words, &open, &e) !=
			    OK ||
		    session_point(completing, NULL, &arena, &e) != OK)
			return NULL;
		completing->context.flags |= CONTEXT_SHORT_WAIT;
		if (session_catalog(completing, false, &e) != OK)
			return NULL;
		*LIST_ADD(&arena, words.items, words.count) = arena_copy(&arena,
									 text);
		const char *const *items = words.items;
		size_t count = words.count;

		if (count > 1)
			items = command_words(items, &count);
		complete_words(&completing->catalog, &completing->context,
			       items, count, true, &arena, &candidates);
		context_renew(&completing->context);
	}
	/* A word that needs quoting is not offered. */
	while (next < candidates.count &&
	       strpbrk(candidates.items[next].text, " \t'\"\\;"))
		next++;
	return next < candidates.count ? strdup(candidates.items[next++].text)
				       : NULL;
}

static char **complete(const char *text, int start, int end)
{
	char **matches;
	size_t length;

	(void)start;
	(void)end;
	rl_attempted_completion_over = 1;
	matches = rl_completion_matches(text, next_candidate);
	length = matches ? strlen(matches[0]) : 0;
	/* The word is not finished after these. */
	rl_completion_suppress_append = length &&
					strchr("=/", matches[0][length - 1]);
	return matches;
}

/* Creates a path's folders, with mode 0700. */
static void make_folders(const char *path, struct arena *arena)
{
	char *copy = arena_copy(arena, path);

	for (char *p = copy + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		if (mkdir(copy, 0700) < 0 && errno != EEXIST)
			return;
		*p = '/';
	}
}

/* $TASKMGR_HISTORY, or the path by the XDG Base Directory Specification; NULL:
   keep no history. */
static const char *history_path(struct arena *arena)
{
	const char *own = getenv("TASKMGR_HISTORY");
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (own)
		return *own ? own : NULL;
	if (state && *state == '/')
		return arena_printf(arena, "%s/taskmgr/history", state);
	if (home && *home == '/')
		return arena_printf(arena, "%s/.local/state/taskmgr/history",
				    home);
	return NULL;
}

static const char *history_open(struct arena *arena)
{
	const char *path = history_path(arena);
	int fd;

	if (!path)
		return NULL;
	make_folders(path, arena);
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return NULL;
	close(fd);
	/* Time stamps let an entry of several lines be recalled whole. */
	history_write_timestamps = 1;
	history_comment_char = '#';
	read_history(path);
	return path;
}

static void history_keep(const char *path, const char *line)
{
	HIST_ENTRY *last = history_length ? history_get(history_base +
							history_length - 1)
					  : NULL;

	if (line[0] == ' ' || !line[strspn(line, " \t\n;")] ||
	    (last && strcmp(last->line, line) == 0))
		return;
	add_history(line);
	if (path)
		append_history(1, path);
}

static void start_readline(void)
{
	setlocale(LC_CTYPE, "");
	rl_readline_name = "taskmgr";
	rl_attempted_completion_function = complete;
	rl_basic_word_break_characters = " \t\n;";
	rl_completer_quote_characters = "\"'";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_variable_bind("show-all-if-ambiguous", "on");
	if (!isatty(STDOUT_FILENO))
		rl_outstream = stderr;
}

/* Whether the command continues after this line. */
static bool goes_on(const char *typed)
{
	BUFFER(text);

	buffer_printf(&text, "%s\n", typed);
	return command_words_continue(text.data);
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
		clear_line();
		*cleared = true;
		break;
	case SIGTSTP:
		suspend_repl();
		break;
	case SIGWINCH:
		rl_resize_terminal();
		break;
	}
}

/*
 * Reads one line.  Signals are handled before the keys that came after them, so
 * that Ctrl-C neither keeps a key of the old line nor eats one of the new.
 * *cleared: Ctrl-C was pressed.
 */
static char *read_line(const char *prompt, bool *cleared)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	sigset_t waiting;

	line_done = false;
	*cleared = false;
	/* readline remembers a Ctrl-D that ended an unclosed quote. */
	rl_eof_found = 0;
	rl_callback_handler_install(prompt, on_line);
	interrupt_hold(&waiting);
	for (int ready = 0; !line_done && !*cleared;) {
		handle_signal(interrupt_noted(), cleared);
		if (!*cleared && ready > 0)
			rl_callback_read_char();
		if (!*cleared && !line_done)
			ready = ppoll(&input, 1, NULL, &waiting);
	}
	interrupt_release();
	return *cleared ? strdup("") : typed;
}

/* The prompt shows whether commands can change anything. */
static const char *prompt_of(const struct settings *settings)
{
	if (settings->read_only)
		return "taskmgr(read-only)> ";
	return settings->dry_run ? "taskmgr(dry-run)> " : "taskmgr> ";
}

/* Reads a command, of several lines if it continues; NULL at end of input. */
static char *read_command(const char *prompt)
{
	char *whole = NULL, *line;
	bool cleared;

	interrupt_forget();
	do {
		line = read_line(whole ? "   ...> " : prompt, &cleared);
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

/*
 * No connection stays open at the prompt: if another process replaced the
 * database file, SQLite would apply the old file's -wal to the new one.
 */
static void run_line(struct session *session, const char *line)
{
	enum status status = OK;

	while (*line && !session->left && status == OK) {
		ARENA(arena);
		struct command_words words;
		struct error e;
		bool open;

		error_init(&e, &arena);
		status = command_words_split(&line, &arena, &words, &open, &e);
		if (status == OK)
			status = command_run(session, words.items, words.count);
	}
	context_renew(&session->context);
}

enum status repl_run(struct session *session)
{
	ARENA(arena);
	const char *prompt = prompt_of(&session->settings);
	const char *history;
	char *line;

	completing = session;
	session->keeps = true;
	session->prompts = true;
	start_readline();
	stifle_history(HISTORY);
	history = history_open(&arena);
	while (!session->left && !interrupt_ended() &&
	       (line = read_command(prompt))) {
		history_keep(history, line);
		run_line(session, line);
		free(line);
	}
	if (!session->left)
		fputs("exit\n", rl_outstream ? rl_outstream : stdout);
	if (history)
		history_truncate_file(history, HISTORY);
	return OK;
}

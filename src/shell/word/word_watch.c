/* watch: a command again and again. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "shell/line/interrupt.h"
#include "shell/line/terminal.h"
#include "shell/word/commands.h"
#include "shell/word/word.h"
#include "util/buffer.h"
#include "util/clock.h"

#define WATCH_SECONDS 2.0
#define WATCH_LEAST 0.1
#define WATCH_MOST 86400.0

/* Reads a number of seconds; otherwise *out is unchanged. */
static bool read_seconds(const char *word, double *out)
{
	char *end = NULL;
	double seconds = strtod(word, &end);

	if (!strchr("0123456789.", *word) || *end || end == word)
		return false;
	*out = seconds < WATCH_LEAST  ? WATCH_LEAST
	       : seconds > WATCH_MOST ? WATCH_MOST
				      : seconds;
	return true;
}

/* Waits; false if Ctrl-C was pressed. */
static bool wait_seconds(double seconds)
{
	struct timespec time = { .tv_sec = (time_t)seconds };
	sigset_t waiting;
	int number;

	time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
	interrupt_forget();
	interrupt_hold(&waiting);
	ppoll(NULL, 0, &time, &waiting);
	number = interrupt_noted();
	interrupt_release();
	if (number == SIGINT && isatty(STDERR_FILENO))
		fputc('\n', stderr);
	if (number == SIGTSTP)
		raise(SIGTSTP);
	return number != SIGINT;
}

/* On a terminal each result has the screen for itself. */
static void clear_screen(double seconds, const char *command)
{
	ARENA(arena);

	if (!isatty(STDOUT_FILENO) || terminal_is_dumb())
		return;
	printf("\033[H\033[2JEvery %g s, until Ctrl-C: %s    %s\n\n", seconds,
	       command, clock_text(&arena, clock_now()));
	fflush(stdout);
}

static const char *join_words(const char *const *words, size_t nwords,
			      struct arena *arena)
{
	BUFFER(out);

	for (size_t i = 0; i < nwords; i++)
		buffer_printf(&out, "%s%s", i ? " " : "", words[i]);
	return arena_copy(arena, buffer_string(&out));
}

enum status word_watch(const struct word_call *call, struct error *e)
{
	struct session *session = call->session;
	double seconds = WATCH_SECONDS;
	size_t skip = call->nwords > 1 && read_seconds(call->words[1], &seconds)
			      ? 2
			      : 1;
	bool no_pager = session->settings.no_pager;
	enum status status;
	const char *command;

	if (call->nwords == skip)
		return word_usage(call, e);
	command = join_words(call->words + skip, call->nwords - skip,
			     call->arena);
	/* The next result comes whether or not this one has been read. */
	session->settings.no_pager = true;
	do {
		ARENA(arena);

		clear_screen(seconds, command);
		status = commands_run_words(session, call->words + skip,
					    call->nwords - skip, &arena);
		context_renew(&session->context);
	} while (status == OK && !session->left && wait_seconds(seconds));
	session->settings.no_pager = no_pager;
	return status;
}

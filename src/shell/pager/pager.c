#include "shell/pager/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shell/line/terminal.h"

enum {
	HELD = 4096, /* bytes that the writer collects before they are looked
			at: about a screen */
	NO_COMMAND = 127, /* the shell's status for a command it cannot run */
};

/* A colour ends with m, a link with a backslash. */
static size_t sequence_length(const char *bytes, size_t length)
{
	char last = length > 1 && bytes[1] == ']' ? '\\' : 'm';
	const char *end = memchr(bytes, last, length);

	return end ? (size_t)(end + 1 - bytes) : length;
}

/* Counts the lines that the terminal needs; wide characters count as one. */
static void count_lines(struct pager *pager, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)bytes[i];

		if (byte == '\033') {
			i += sequence_length(bytes + i, length - i) - 1;
		} else if (byte == '\n') {
			pager->lines++;
			pager->column = 0;
		} else if ((byte & 0xc0) != 0x80 &&
			   ++pager->column > pager->columns) {
			pager->lines++;
			pager->column = 1;
		}
	}
}

/* As git does: less leaves if all fits, keeps colours, clears nothing. */
static char **pager_environment(struct arena *arena)
{
	size_t count = 0;
	char **out;

	while (environ[count])
		count++;
	out = arena_array(arena, count + 2, sizeof(*out));
	memcpy(out, environ, count * sizeof(*out));
	if (!getenv("LESS"))
		out[count++] = arena_copy(arena, "LESS=FRX");
	out[count] = NULL;
	return out;
}

static bool spawn_pager(struct pager *pager, int input)
{
	char **environment = pager_environment(pager->arena);
	char *less[] = { arena_copy(pager->arena, "less"), NULL };
	char *shell[] = {
		arena_copy(pager->arena, "sh"), arena_copy(pager->arena, "-c"),
		arena_copy(pager->arena, pager->command ? pager->command : ""),
		NULL
	};
	char **words = pager->command ? shell : less;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t signals;
	int code;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF |
						      POSIX_SPAWN_SETSIGMASK);
	sigemptyset(&signals);
	posix_spawnattr_setsigmask(&attributes, &signals);
	sigaddset(&signals, SIGPIPE);
	sigaddset(&signals, SIGXFSZ);
	sigaddset(&signals, SIGINT);
	posix_spawnattr_setsigdefault(&attributes, &signals);
	code = posix_spawnp(&pager->child, words[0], &actions, &attributes,
			    words, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return !code;
}

/* From now on output goes to the pager, or to the terminal if there is none. */
static void start_pager(struct pager *pager)
{
	int ends[2];

	pager->holding = false;
	if (pipe2(ends, O_CLOEXEC) < 0)
		return;
	if (spawn_pager(pager, ends[0])) {
		pager->out.fd = ends[1];
	} else {
		pager->child = 0;
		close(ends[1]);
	}
	close(ends[0]);
}

static enum status take_output(void *data, const char *bytes, size_t length,
			       struct error *e)
{
	struct pager *pager = data;

	buffer_add(&pager->out.buffer, bytes, length);
	if (pager->holding)
		count_lines(pager, bytes, length);
	if (pager->holding && pager->lines >= pager->rows)
		start_pager(pager);
	return pager->holding ? OK : sink_flush(&pager->out, e);
}

/* The user's pager; false if output is not to be paged. */
static bool choose_pager(const struct settings *settings, const char **command)
{
	*command = getenv("TASKMGR_PAGER");
	if (!*command)
		*command = getenv("PAGER");
	if (settings->no_pager || terminal_is_dumb())
		return false;
	return !*command || (**command && strcmp(*command, "cat") != 0);
}

void pager_begin(struct pager *pager, const struct settings *settings, int fd,
		 const atomic_bool *stop, struct arena *arena)
{
	struct winsize size = { .ws_row = 0 };

	*pager = (struct pager){ .arena = arena };
	pager->paging = fd == STDOUT_FILENO && isatty(fd) &&
			choose_pager(settings, &pager->command) &&
			ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_row &&
			size.ws_col;
	sink_init_fd(&pager->out, fd);
	pager->out.stop = stop;
	if (!pager->paging) {
		pager->sink = pager->out;
		return;
	}
	pager->holding = true;
	pager->rows = size.ws_row;
	pager->columns = size.ws_col;
	sink_init_memory(&pager->sink);
	pager->sink.take = take_output;
	pager->sink.data = pager;
	pager->sink.enough = HELD;
}

/* Waits for the pager; Ctrl-Z, which is the pager's, stops both. */
static int wait_for_pager(pid_t child)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	int ended = 0;

	sigaction(SIGTSTP, &ignore, &before);
	while (waitpid(child, &ended, WUNTRACED) < 0 ? errno == EINTR
						     : WIFSTOPPED(ended))
		if (WIFSTOPPED(ended)) {
			raise(SIGSTOP);
			kill(child, SIGCONT);
		}
	sigaction(SIGTSTP, &before, NULL);
	return WIFEXITED(ended) ? WEXITSTATUS(ended) : 0;
}

/* What the user does in the pager, Ctrl-C and q, concerns the pager. */
static enum status leave_pager(struct pager *pager, enum status status,
			       struct error *e)
{
	int code;

	close(pager->out.fd);
	code = wait_for_pager(pager->child);
	pager->child = 0;
	if (code == NO_COMMAND && pager->command) {
		fail(e, FAILED, "the pager \"%s\" cannot be run",
		     pager->command);
		error_hint(e, "set TASKMGR_PAGER to another, or use "
			      "--no-pager");
		return e->status;
	}
	if (status == CLOSED)
		error_init(e, e->arena);
	return status == CLOSED ? OK : status;
}

void pager_shield(struct pager *pager)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	if (pager->paging && !pager->shielded)
		sigaction(SIGINT, &ignore, &pager->before);
	pager->shielded |= pager->paging;
}

enum status pager_end(struct pager *pager, enum status status, struct error *e)
{
	struct buffer *rest = &pager->sink.buffer;

	if (!pager->paging)
		return status;
	pager_shield(pager);
	if (status == OK)
		status = take_output(pager, buffer_string(rest), rest->length,
				     e);
	if (status == OK)
		status = sink_flush(&pager->out, e);
	if (pager->child)
		status = leave_pager(pager, status, e);
	sigaction(SIGINT, &pager->before, NULL);
	pager->paging = false;
	return status;
}

void pager_clear(struct pager *pager)
{
	sink_clear(&pager->sink);
	if (pager->sink.take)
		sink_clear(&pager->out);
}

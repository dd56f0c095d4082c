#include "shell/line/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "operation/operation.h"
#include "shell/line/error_json.h"
#include "shell/line/problem.h"
#include "shell/line/session.h"
#include "util/text.h"

/* One write, so that lines of several processes do not interleave. */
static void write_stderr(const struct buffer *text)
{
	const char *data = text->data;
	size_t left = text->length;

	while (left) {
		ssize_t n = write(STDERR_FILENO, data, left);

		if (n <= 0)
			return;
		data += n;
		left -= (size_t)n;
	}
}

/* Adds text line by line, with control characters made visible. */
static void add_lines(struct buffer *out, const char *lead, const char *text)
{
	for (const char *line = text; *line;) {
		size_t length = strcspn(line, "\n");

		buffer_text(out, lead);
		text_visible(out, line, length);
		buffer_byte(out, '\n');
		line += length + (line[length] == '\n');
	}
}

void terminal_note(void *door, const char *line)
{
	const struct session *session = door;
	ARENA(arena);
	BUFFER(out);

	if (session->current.quiet)
		return;
	add_lines(&out, "", session_name_program(session, line, &arena));
	write_stderr(&out);
}

void terminal_progress(void *door, const char *line)
{
	BUFFER(out);

	(void)door;
	buffer_text(&out, "\r\033[K");
	buffer_text(&out, line ? line : "");
	write_stderr(&out);
}

bool terminal_is_dumb(void)
{
	const char *term = getenv("TERM");

	return !term || strcmp(term, "dumb") == 0;
}

bool terminal_shows_progress(const struct settings *settings)
{
	return !settings->quiet && isatty(STDERR_FILENO) && !terminal_is_dumb();
}

bool terminal_can_ask(const struct settings *settings)
{
	return !settings->no_input && isatty(STDIN_FILENO) &&
	       isatty(STDERR_FILENO);
}

const char *terminal_ask(void *door, const char *question, struct arena *arena)
{
	BUFFER(out);
	char *line = NULL;
	const char *answer = NULL;
	size_t size = 0;
	ssize_t n;

	(void)door;
	text_show(&out, question);
	buffer_byte(&out, ' ');
	write_stderr(&out);
	n = getline(&line, &size, stdin);
	if (n > 0 && line[n - 1] == '\n')
		n--;
	if (n >= 0) {
		answer = arena_copy_n(arena, line, (size_t)n);
	} else {
		clearerr(stdin);
		buffer_clear(&out);
		buffer_byte(&out, '\n');
		write_stderr(&out);
	}
	free(line);
	return answer;
}

void terminal_error(const struct session *session, const char *what,
		    const struct error *e)
{
	const char *where = session->where;
	const char *colon = *what ? ": " : "";
	ARENA(arena);
	BUFFER(out);

	if (e->status == CLOSED)
		return;
	if (session_wants_json(session)) {
		error_json(session, what, e, &out);
		write_stderr(&out);
		return;
	}
	for (size_t i = 0; i < e->nproblems; i++) {
		buffer_printf(&out, "taskmgr: %s%s%s", where, what, colon);
		problem_print(&e->problems[i], &out);
		buffer_byte(&out, '\n');
	}
	if (e->nunlisted)
		buffer_printf(&out, "taskmgr: %s%s%s%s\n", where, what, colon,
			      error_unlisted(e));
	if (!e->nproblems) {
		buffer_printf(&out, "taskmgr: %s%s%s", where, what, colon);
		text_show(&out, error_sentence(e));
		buffer_byte(&out, '\n');
	}
	if (e->detail)
		add_lines(&out, "", e->detail);
	if (e->hint)
		add_lines(&out, "hint: ",
			  session_name_program(session, e->hint, &arena));
	write_stderr(&out);
}

static bool is_env_on(const char *name)
{
	const char *value = getenv(name);

	return value && *value && strcmp(value, "0") != 0;
}

/* By no-color.org and bixense.com/clicolors, in the manual's order. */
bool terminal_has_colour(const struct settings *settings, bool terminal)
{
	const char *no = getenv("NO_COLOR"), *clicolor = getenv("CLICOLOR");

	if (settings->color && strcmp(settings->color, "auto") != 0)
		return strcmp(settings->color, "always") == 0;
	if (no && *no)
		return false;
	if (is_env_on("FORCE_COLOR") || is_env_on("CLICOLOR_FORCE"))
		return true;
	if (clicolor && strcmp(clicolor, "0") == 0)
		return false;
	return terminal && !terminal_is_dumb();
}

/* Whether the name of the locale says UTF-8. */
static bool has_unicode(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strcasestr(value, "UTF-8") ||
			       strcasestr(value, "UTF8");
	}
	return false;
}

static size_t terminal_width(int fd)
{
	struct winsize size;

	return ioctl(fd, TIOCGWINSZ, &size) < 0 ? 0 : size.ws_col;
}

enum status terminal_options(const struct settings *settings, int fd,
			     struct output_options *out, struct error *e)
{
	const bool terminal = isatty(fd);
	char *end = NULL;

	*out = (struct output_options){
		.format = settings->format,
		.columns = settings->columns,
		.null = settings->null,
		.width = terminal ? terminal_width(fd) : 0,
		.terminal = terminal,
		.colour = terminal_has_colour(settings, terminal),
		.unicode = has_unicode(),
		.no_header = settings->no_header,
	};
	if (!settings->width)
		return OK;
	out->width = strtoul(settings->width, &end, 10);
	if (*end || end == settings->width || settings->width[0] == '-')
		return fail(e, USAGE,
			    "--width must be a number of columns, "
			    "not %s",
			    settings->width);
	return OK;
}

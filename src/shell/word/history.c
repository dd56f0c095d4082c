#include "shell/word/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>

#include "shell/command/result.h"
#include "shell/word/word.h"
#include "util/buffer.h"
#include "util/clock.h"
#include "util/number.h"

enum {
	HISTORY_MOST = 10000, /* entries kept in the file */
	HISTORY_SLACK = 1000, /* more than these before it is trimmed */
};

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

static void close_file(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

#define HISTORY_FILE(name) __attribute__((cleanup(close_file))) int name

/* Opens the file and locks it until it is closed; -1 if that fails.  Trimming
   replaces the file: the one that is locked must be the one at path. */
static int lock_file(const char *path)
{
	struct stat open_one, named;

	for (;;) {
		int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC,
			      0600);

		if (fd < 0)
			return -1;
		if (flock(fd, LOCK_EX) == 0 && fstat(fd, &open_one) == 0 &&
		    stat(path, &named) == 0 &&
		    open_one.st_ino == named.st_ino &&
		    open_one.st_dev == named.st_dev)
			return fd;
		close(fd);
	}
}

const char *history_open(struct arena *arena)
{
	const char *path = history_path(arena);
	HISTORY_FILE(fd) = -1;

	stifle_history(HISTORY_MOST);
	if (!path)
		return NULL;
	make_folders(path, arena);
	fd = lock_file(path);
	if (fd < 0)
		return NULL;
	/* Time stamps let an entry of several lines be recalled whole. */
	history_write_timestamps = 1;
	history_comment_char = '#';
	read_history(path);
	return path;
}

/* As readline writes an entry: "#SECONDS", and its lines. */
static void append_entry(const char *path, const char *line)
{
	HISTORY_FILE(fd) = lock_file(path);
	BUFFER(out);

	if (fd < 0)
		return;
	buffer_printf(&out, "#%lld\n%s\n", (long long)(clock_now() / 1000000),
		      line);
	if (write(fd, out.data, out.length) != (ssize_t)out.length)
		return; /* a missing history is not an error */
}

void history_keep(const char *path, const char *line)
{
	HIST_ENTRY *last = history_length ? history_get(history_base +
							history_length - 1)
					  : NULL;

	if (line[0] == ' ' || !line[strspn(line, " \t\n;")] ||
	    (last && strcmp(last->line, line) == 0))
		return;
	add_history(line);
	if (path)
		append_entry(path, line);
}

static bool begins_entry(const char *line)
{
	return line[0] == '#' && line[1] >= '0' && line[1] <= '9';
}

/* The text from the newest HISTORY_MOST entries on; NULL if there are not many
   more. */
static const char *newest_entries(const char *text)
{
	size_t count = 0;

	for (const char *p = text; p; p = strchr(p, '\n'), p = p ? p + 1 : NULL)
		count += begins_entry(p);
	if (count <= HISTORY_MOST + HISTORY_SLACK)
		return NULL;
	for (; text; text = strchr(text, '\n') + 1)
		if (begins_entry(text) && count-- == HISTORY_MOST)
			break;
	return text;
}

static bool read_all(int fd, struct buffer *out)
{
	char block[65536];
	ssize_t n;

	while ((n = read(fd, block, sizeof(block))) > 0)
		buffer_add(out, block, (size_t)n);
	return n == 0 && out->length;
}

void history_trim(const char *path)
{
	HISTORY_FILE(fd) = path ? lock_file(path) : -1;
	const char *kept, *copy;
	FILE *file;
	ARENA(arena);
	BUFFER(text);

	if (fd < 0 || !read_all(fd, &text))
		return;
	kept = newest_entries(text.data);
	if (!kept)
		return;
	copy = arena_printf(&arena, "%s.%ld.tmp", path, (long)getpid());
	file = fopen(copy, "wxe");
	if (!file)
		return;
	if (fchmod(fileno(file), 0600) < 0 || fputs(kept, file) < 0 ||
	    fclose(file) != 0 || rename(copy, path) < 0)
		unlink(copy);
}

enum status word_history(const struct word_call *call, struct error *e)
{
	const char *count;
	int64_t most = HISTORY_MOST;
	BUFFER(out);

	if (word_argument(call, &count, e) != OK)
		return e->status;
	if (count &&
	    (parse_integer(count, strlen(count), &most) != PARSED || most < 0))
		return fail(e, USAGE, "\"%s\" is not a number of commands",
			    count);
	for (int i = most < history_length ? history_length - (int)most : 0;
	     i < history_length; i++)
		buffer_printf(&out, "%s\n",
			      history_get(history_base + i)->line);
	return result_print(call->session, &out, e);
}

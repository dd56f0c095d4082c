#include "http/server/access_log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "http/wire/grammar.h"
#include "util/clock.h"

enum {
	LINES_MOST = 1024 * 1024, /* bytes that may wait to be written */
	LOOK_TIME = 1000000,      /* ticks between looks at the file */
};

static bool is_stdout(const struct access_log *log)
{
	return !strcmp(log->path, "-");
}

static bool open_file(struct access_log *log)
{
	struct stat status;

	log->fd = open(log->path,
		       O_WRONLY | O_APPEND | O_CREAT | O_NOCTTY | O_CLOEXEC,
		       S_IRUSR | S_IWUSR | S_IRGRP);
	if (log->fd < 0 || fstat(log->fd, &status))
		return false;
	log->device = status.st_dev;
	log->inode = status.st_ino;
	return true;
}

enum status access_log_open(struct access_log *log, const char *path,
			    const struct context *operator, struct error * e)
{
	*log = (struct access_log){ .path = path, .fd = -1 };
	if (!path)
		return OK;
	if (context_check_output(operator, NULL, "access-log", path, e) != OK)
		return e->status;
	if (getrandom(&log->start, sizeof(log->start), GRND_NONBLOCK) < 0)
		log->start = (uint32_t)clock_ticks();
	if (is_stdout(log))
		log->fd = STDOUT_FILENO;
	else if (!open_file(log))
		return fail(e, FAILED, "cannot write the access log %s: %s",
			    path, strerror(errno));
	return OK;
}

/* An id that is safe in a log and in a field. */
static bool is_id(struct slice text)
{
	return text.length && text.length < REQUEST_ID_SIZE &&
	       slice_span(text, BYTE_TOKEN) == text.length;
}

void access_log_name(struct access_log *log, const struct request *request,
		     struct access_entry *entry, struct response *response)
{
	struct slice sent = request_field(request, "x-request-id");

	if (sent.data && is_id(sent))
		snprintf(entry->id, sizeof(entry->id), "%.*s", (int)sent.length,
			 sent.data);
	else if (log->path)
		snprintf(entry->id, sizeof(entry->id), "%08" PRIx32 "-%" PRIu64,
			 log->start, ++log->count);
	else
		return;
	response_field(response, "X-Request-ID", entry->id);
}

/* Escapes what would end the line or the quoted text. */
static void add_quoted(struct buffer *out, struct slice text)
{
	if (!text.length)
		text = slice_of("-");
	buffer_byte(out, '"');
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if (byte < ' ' || byte >= 127 || byte == '"' || byte == '\\')
			buffer_printf(out, "\\x%02x", byte);
		else
			buffer_byte(out, (char)byte);
	}
	buffer_byte(out, '"');
}

/* "[22/Nov/2026:11:07:02 +0000]" */
static void add_time(struct buffer *out)
{
	time_t seconds = (time_t)(clock_now() / 1000000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	buffer_printf(out, "[%02d/%s/%04d:%02d:%02d:%02d +0000]", tm.tm_mday,
		      http_months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour,
		      tm.tm_min, tm.tm_sec);
}

void access_log_add(struct access_log *log, const char *peer,
		    const struct request *request,
		    const struct access_entry *entry)
{
	struct buffer *out = &log->lines;
	int64_t duration;

	if (!log->path)
		return;
	duration = clock_ticks() - entry->since;
	if (out->length > LINES_MOST) {
		log->lost++;
		return;
	}
	buffer_printf(out, "%s - - ", peer);
	add_time(out);
	buffer_byte(out, ' ');
	add_quoted(out, request_slice(request, request->line));
	buffer_printf(out, " %03d %" PRIu64 " ", entry->status, entry->bytes);
	add_quoted(out, request_field(request, "referer"));
	buffer_byte(out, ' ');
	add_quoted(out, request_field(request, "user-agent"));
	buffer_printf(out, " %s %" PRId64 ".%06" PRId64 "\n",
		      *entry->id ? entry->id : "-", duration / 1000000,
		      duration % 1000000);
}

/* A stalled reader of a pipe must not stall the loop. */
static bool is_writable(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLOUT };

	return poll(&poll_fd, 1, 0) == 1 && poll_fd.revents & POLLOUT;
}

/* Writes lines without waiting; false: they cannot be written at all. */
static bool write_lines(const struct access_log *log, size_t *written)
{
	const struct buffer *lines = &log->lines;

	while (*written < lines->length && is_writable(log->fd)) {
		size_t size = lines->length - *written;
		ssize_t n;

		/* A writable pipe accepts this much without blocking. */
		if (size > PIPE_BUF)
			size = PIPE_BUF;
		n = write(log->fd, lines->data + *written, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN;
		*written += (size_t)n;
	}
	return true;
}

static size_t count_lines(const char *text, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += text[i] == '\n';
	return count;
}

static void write_waiting(struct access_log *log,
			  const struct context *operator)
{
	struct buffer *lines = &log->lines;
	size_t written = 0;

	if (!write_lines(log, &written)) {
		log->lost += count_lines(lines->data + written,
					 lines->length - written);
		written = lines->length;
	}
	lines->length -= written;
	memmove(lines->data, lines->data + written, lines->length);
	if (!log->lost || lines->length)
		return;
	context_note(operator,
		     "warning: %zu lines of the access log could not be "
		     "written",
		     log->lost);
	log->lost = 0;
}

/* Opens the file again if it was moved or deleted, as by logrotate. */
static void look_at_file(struct access_log *log)
{
	struct stat status;
	int before = log->fd;

	if (!stat(log->path, &status) && status.st_dev == log->device &&
	    status.st_ino == log->inode)
		return;
	if (open_file(log))
		close(before);
	else
		log->fd = before;
}

void access_log_flush(struct access_log *log, int64_t now,
		      const struct context *operator)
{
	if (!log->path || !log->lines.length)
		return;
	if (!is_stdout(log) && now - log->looked > LOOK_TIME) {
		log->looked = now;
		look_at_file(log);
	}
	write_waiting(log, operator);
}

void access_log_close(struct access_log *log, const struct context *operator)
{
	access_log_flush(log, clock_ticks(), operator);
	buffer_clear(&log->lines);
	if (log->fd > STDERR_FILENO)
		close(log->fd);
}

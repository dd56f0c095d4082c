#include "output/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1024 * 1024 }; /* bytes of rows that are written at once */

void spool_clear(struct spool *spool)
{
	buffer_clear(&spool->rows);
	if (spool->fd >= 0)
		close(spool->fd);
	spool->fd = -1;
}

static enum status fail_file(const char *folder, struct error *e)
{
	fail(e, errno == ENOSPC || errno == EDQUOT ? NO_SPACE : FAILED,
	     "no temporary file for the result%s%s: %s", folder ? " in " : "",
	     folder ? folder : "", strerror(errno));
	error_hint(e, "TMPDIR names the folder for it");
	return e->status;
}

/* As SQLite does, prefers /var/tmp, because /tmp is often in memory. */
static enum status open_file(struct spool *spool, struct error *e)
{
	const char *folders[] = { getenv("TMPDIR"), "/var/tmp", "/tmp" };
	const size_t last = sizeof(folders) / sizeof(*folders) - 1;

	for (size_t i = folders[0] ? 0 : 1; i <= last; i++) {
		char *name = arena_printf(e->arena, "%s/taskmgr.XXXXXX",
					  folders[i]);

		spool->fd = mkostemp(name, O_CLOEXEC);
		if (spool->fd >= 0) {
			unlink(name);
			return OK;
		}
		if (i == last || folders[0])
			return fail_file(folders[i], e);
	}
	return OK;
}

static enum status write_all(int fd, const char *data, size_t length,
			     struct error *e)
{
	while (length) {
		ssize_t n = write(fd, data, length);

		if (n < 0 && errno != EINTR)
			return fail_file(NULL, e);
		data += n > 0 ? n : 0;
		length -= n > 0 ? (size_t)n : 0;
	}
	return OK;
}

/* A block is its length and its rows. */
static enum status write_block(struct spool *spool, struct error *e)
{
	const size_t length = spool->rows.length;

	if (spool->fd < 0 && open_file(spool, e) != OK)
		return e->status;
	if (write_all(spool->fd, (const char *)&length, sizeof(length), e) !=
		    OK ||
	    write_all(spool->fd, spool->rows.data, length, e) != OK)
		return e->status;
	spool->rows.length = 0;
	return OK;
}

/* A value is its kind, its number or length, and its bytes. */
static void add_value(struct buffer *rows, struct value value)
{
	const int64_t length = (int64_t)value.length;

	buffer_byte(rows, (char)value.kind);
	switch (value.kind) {
	case VALUE_NULL:
		break;
	case VALUE_INTEGER:
		buffer_add(rows, &value.integer, sizeof(value.integer));
		break;
	case VALUE_REAL:
		buffer_add(rows, &value.real, sizeof(value.real));
		break;
	case VALUE_TEXT:
	case VALUE_BLOB:
		buffer_add(rows, &length, sizeof(length));
		if (length)
			buffer_add(rows, value.data, value.length);
		break;
	}
}

enum status spool_add(struct spool *spool, const struct value *values,
		      size_t count, struct error *e)
{
	for (size_t i = 0; i < count; i++)
		add_value(&spool->rows, values[i]);
	return spool->rows.length < BLOCK ? OK : write_block(spool, e);
}

static const char *take_value(const char *at, struct value *out)
{
	int64_t number = 0;

	*out = (struct value){ .kind = (enum value_kind) * at++ };
	if (out->kind == VALUE_NULL)
		return at;
	memcpy(&number, at, sizeof(number));
	at += sizeof(number);
	if (out->kind == VALUE_INTEGER) {
		out->integer = number;
		return at;
	}
	if (out->kind == VALUE_REAL) {
		memcpy(&out->real, &number, sizeof(number));
		return at;
	}
	out->data = at;
	out->length = (size_t)number;
	return at + out->length;
}

static enum status write_rows(const struct buffer *rows, struct value *values,
			      size_t count, struct writer *writer,
			      struct error *e)
{
	const char *at = rows->data, *end = at + rows->length;

	while (at < end) {
		for (size_t i = 0; i < count; i++)
			at = take_value(at, &values[i]);
		if (writer_row(writer, values, e) != OK)
			return e->status;
	}
	return OK;
}

/* Reads length bytes; fewer only at the file's end. */
static enum status read_all(int fd, void *data, size_t length, size_t *done,
			    struct error *e)
{
	for (*done = 0; *done < length;) {
		ssize_t n = read(fd, (char *)data + *done, length - *done);

		if (n < 0 && errno != EINTR)
			return fail_file(NULL, e);
		if (n == 0)
			break;
		*done += n > 0 ? (size_t)n : 0;
	}
	return OK;
}

/* The next block of the file; none is empty. */
static enum status read_block(int fd, struct buffer *block, struct error *e)
{
	size_t length = 0, done;

	block->length = 0;
	if (read_all(fd, &length, sizeof(length), &done, e) != OK || !done)
		return e->status;
	return read_all(fd, buffer_reserve(block, length), length,
			&block->length, e);
}

enum status spool_write(struct spool *spool, size_t count,
			struct writer *writer, struct error *e)
{
	struct value *values = arena_array(e->arena, count, sizeof(*values));
	BUFFER(block);

	if (spool->fd >= 0 && lseek(spool->fd, 0, SEEK_SET) < 0)
		return fail_file(NULL, e);
	while (spool->fd >= 0) {
		if (read_block(spool->fd, &block, e) != OK)
			return e->status;
		if (!block.length)
			break;
		if (write_rows(&block, values, count, writer, e) != OK)
			return e->status;
	}
	return spool->rows.length
		       ? write_rows(&spool->rows, values, count, writer, e)
		       : OK;
}

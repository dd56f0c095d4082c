#include "migrate/revision/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "migrate/revision/builtin.h"
#include "util/buffer.h"
#include "util/text.h"

/* Most headers fit, so that most files need one read. */
enum { HEADER_BYTES = 2048, CHUNK_BYTES = 65536 };

static void close_scoped(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

#define CLOSED_AT_END __attribute__((cleanup(close_scoped)))

void folder_close(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static enum status fail_file(const char *name, const char *what,
			     struct error *e)
{
	return fail(e, FAILED, "%s: %s: %s", name, what, strerror(errno));
}

/* Reads once; retries after a signal. */
static ssize_t read_some(int fd, char *room, size_t size)
{
	ssize_t got;

	do
		got = read(fd, room, size);
	while (got < 0 && errno == EINTR);
	return got;
}

/* Adds the rest of a file to buffer. */
static enum status read_rest(int fd, const char *name, struct buffer *buffer,
			     struct error *e)
{
	for (;;) {
		ssize_t got = read_some(fd, buffer_reserve(buffer, CHUNK_BYTES),
					CHUNK_BYTES);

		if (got < 0)
			return fail_file(name, "cannot be read", e);
		if (!got)
			return OK;
		buffer->length += (size_t)got;
		buffer->data[buffer->length] = '\0';
	}
}

static enum status check_text(const struct buffer *buffer, const char *name,
			      struct error *e)
{
	if (buffer->length && memchr(buffer->data, '\0', buffer->length))
		return fail(e, FAILED,
			    "%s: contains NUL bytes, so it is not SQL text",
			    name);
	return OK;
}

/* Reading a pipe or a device instead could block forever. */
static enum status open_file(int folder, const char *file, const char *name,
			     int *fd, struct error *e)
{
	struct stat is;

	*fd = openat(folder, file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (*fd < 0 || fstat(*fd, &is))
		return fail_file(name, "cannot be opened", e);
	return S_ISREG(is.st_mode)
		       ? OK
		       : fail(e, FAILED, "%s is not a regular file", name);
}

static enum status read_text(int folder, const char *file, const char *name,
			     struct arena *arena, const char **text,
			     struct error *e)
{
	BUFFER(buffer);
	CLOSED_AT_END int fd = -1;

	if (open_file(folder, file, name, &fd, e) != OK ||
	    read_rest(fd, name, &buffer, e) != OK ||
	    check_text(&buffer, name, e) != OK)
		return e->status;
	*text = arena_copy_n(arena, buffer_string(&buffer), buffer.length);
	return OK;
}

/* Reads as much of a revision's file as its header needs. */
static enum status read_header(int folder, const char *file, const char *name,
			       struct arena *arena, struct revision *out,
			       struct error *e)
{
	BUFFER(buffer);
	CLOSED_AT_END int fd = -1;
	ssize_t got;
	bool whole;

	if (open_file(folder, file, name, &fd, e) != OK)
		return e->status;
	got = read_some(fd, buffer_reserve(&buffer, HEADER_BYTES),
			HEADER_BYTES);
	if (got < 0)
		return fail_file(name, "cannot be read", e);
	buffer.length = (size_t)got;
	buffer.data[buffer.length] = '\0';
	whole = got < HEADER_BYTES;
	if (!whole && !revision_header_ends(buffer.data, buffer.length)) {
		whole = true;
		if (read_rest(fd, name, &buffer, e) != OK)
			return e->status;
	}
	if (check_text(&buffer, name, e) != OK ||
	    revision_parse(buffer.data, name, arena, out, e) != OK)
		return e->status;
	if (whole)
		out->text = arena_copy_n(arena, buffer.data, buffer.length);
	return OK;
}

static bool is_revision_name(const char *name)
{
	size_t length = strlen(name);

	return *name != '.' && length > 4 &&
	       strcmp(name + length - 4, ".sql") == 0;
}

static enum status read_directory(DIR *dir, struct arena *arena,
				  struct revision **out, size_t *count,
				  struct error *e)
{
	struct dirent *entry;

	while ((errno = 0, entry = readdir(dir))) {
		const char *name;
		struct revision *revision;
		enum status status;

		if (!is_revision_name(entry->d_name))
			continue;
		name = arena_printf(arena, "versions/%s", entry->d_name);
		revision = LIST_ADD(arena, *out, *count);
		status = read_header(dirfd(dir), entry->d_name, name, arena,
				     revision, e);
		if (status != OK)
			return e->status = SCHEMA;
	}
	return errno ? fail_file("versions", "cannot be read", e) : OK;
}

static enum status read_folder(const char *folder, struct arena *arena,
			       struct revision **out, size_t *count,
			       struct error *e)
{
	const char *path = arena_printf(arena, "%s/versions", folder);
	DIRECTORY(dir, path);

	if (dir)
		return read_directory(dir, arena, out, count, e);
	if (errno != ENOENT)
		return fail_file(path, "cannot be read", e);
	/* git keeps no empty folders, so a clone may lack it. */
	if (!access(folder_path(folder, FOLDER_SCHEMA, arena), F_OK))
		return OK;
	fail(e, FAILED, "Path doesn't exist: %s", path);
	return error_hint(e, "run: taskmgr db init");
}

static enum status read_builtin(struct arena *arena, struct revision **out,
				size_t *count, struct error *e)
{
	for (size_t i = 0; i < builtin_nfiles; i++) {
		const struct embedded_file *file = &builtin_files[i];
		enum status status;

		if (strncmp(file->name, "versions/", 9) != 0)
			continue;
		status = revision_parse(file->data, file->name, arena,
					LIST_ADD(arena, *out, *count), e);
		if (status != OK)
			return status;
	}
	return OK;
}

enum status folder_revisions(const char *folder, struct arena *arena,
			     struct revision **out, size_t *count,
			     struct error *e)
{
	*out = NULL;
	*count = 0;
	return folder ? read_folder(folder, arena, out, count, e)
		      : read_builtin(arena, out, count, e);
}

const char *folder_builtin(const char *name)
{
	for (size_t i = 0; i < builtin_nfiles; i++)
		if (strcmp(builtin_files[i].name, name) == 0)
			return builtin_files[i].data;
	return NULL;
}

static void hint_schema(const char *path, struct error *e)
{
	BUFFER(word);

	text_shell(&word, path);
	error_hint(e,
		   "to write the schema that the database has: taskmgr db "
		   "schema -o %s",
		   word.data);
}

enum status folder_read(const char *folder, const char *name,
			struct arena *arena, const char **text, struct error *e)
{
	const char *path = folder_path(folder, name, arena);

	if (folder && read_text(AT_FDCWD, path, name, arena, text, e) == OK)
		return OK;
	if (folder && strcmp(name, FOLDER_SCHEMA) == 0 &&
	    access(path, F_OK) < 0 && errno == ENOENT)
		hint_schema(path, e);
	if (folder)
		return e->status;
	*text = folder_builtin(name);
	return *text ? OK : fail(e, FAILED, "%s is not built in", name);
}

const char *folder_path(const char *folder, const char *name,
			struct arena *arena)
{
	return arena_printf(arena, "%s/%s", folder ? folder : "(built in)",
			    name);
}

static enum status write_all(int fd, const char *path, const char *text,
			     struct error *e)
{
	for (size_t left = strlen(text); left;) {
		ssize_t put = write(fd, text, left);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return fail_file(path, "cannot be written", e);
		text += put;
		left -= (size_t)put;
	}
	return fsync(fd) ? fail_file(path, "cannot be written", e) : OK;
}

enum status folder_write(const char *path, const char *text, struct error *e)
{
	CLOSED_AT_END int fd = -1;
	enum status status;

	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return fail_file(path, "cannot be created", e);
	status = write_all(fd, path, text, e);
	if (status != OK)
		unlink(path);
	return status;
}

/* edit: the last command in an editor. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shell/command/command.h"
#include "shell/word/spawn.h"
#include "shell/word/word.h"
#include "util/text.h"

static enum status fail_file(const char *path, struct error *e)
{
	return fail(e, FAILED, "%s: %s", path, strerror(errno));
}

static enum status write_file(int fd, const struct buffer *text,
			      const char *path, struct error *e)
{
	bool whole = write(fd, buffer_string(text), text->length) ==
			     (ssize_t)text->length &&
		     write(fd, "\n", 1) == 1;

	return close(fd) == 0 && whole ? OK : fail_file(path, e);
}

/* The text without its last newlines. */
static enum status read_file(const char *path, struct buffer *out,
			     struct error *e)
{
	FILE *file = fopen(path, "re");
	char block[4096];
	size_t n;

	if (!file)
		return fail_file(path, e);
	while ((n = fread(block, 1, sizeof(block), file)) > 0)
		buffer_add(out, block, n);
	fclose(file);
	while (out->length && strchr("\r\n", out->data[out->length - 1]))
		out->data[--out->length] = '\0';
	return OK;
}

static const char *editor_name(void)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");

	if (visual && *visual)
		return visual;
	return editor && *editor ? editor : "vi";
}

static enum status run_editor(const char *path, struct error *e)
{
	const char *editor = editor_name();
	pid_t child;
	BUFFER(command);

	buffer_printf(&command, "%s ", editor);
	text_shell(&command, path);
	if (spawn_shell(command.data, STDIN_FILENO, &child, e) != OK)
		return e->status;
	if (spawn_status(child))
		return fail(e, FAILED, "%s failed: nothing was run", editor);
	return OK;
}

static enum status edit_file(const struct word_call *call, int fd,
			     const char *path, struct error *e)
{
	struct session *session = call->session;

	buffer_clear(&session->edited);
	if (write_file(fd, &session->previous, path, e) != OK ||
	    run_editor(path, e) != OK ||
	    read_file(path, &session->edited, e) != OK)
		return e->status;
	if (!session->edited.length)
		context_note(&session->context, "nothing to run");
	return OK;
}

enum status word_edit(const struct word_call *call, struct error *e)
{
	const char *folder = getenv("TMPDIR");
	char *path = arena_printf(call->arena, "%s/taskmgr-XXXXXX.tm",
				  folder && *folder ? folder : "/tmp");
	int fd;

	/* edit user 1: a verb that is written first. */
	if (call->nwords > 1)
		return command_run(call->session, call->words, call->nwords);
	if (!call->session->prompts || call->session->reading)
		return fail(e, USAGE, "this works only at the prompt");
	fd = mkostemps(path, 3, O_CLOEXEC);
	if (fd < 0)
		return fail_file(path, e);
	(void)edit_file(call, fd, path, e);
	unlink(path);
	return e->status;
}

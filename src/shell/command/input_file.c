#include "shell/command/input_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void input_file_close(struct input_file *file)
{
	feed_clear(&file->feed);
	if (file->fd > STDERR_FILENO)
		close(file->fd);
	if (file->context)
		file->context->reading = file->reading.outer;
}

/* FILE, or - for standard input. */
static enum status open_feed(struct session *session, const char *option,
			     const char *file, struct input_file *out,
			     struct error *e)
{
	if (strcmp(file, "-") == 0 && session->reads_input) {
		return fail(e, USAGE,
			    "%s -: standard input already holds the "
			    "commands; name a file",
			    option);
	}
	out->context = &session->context;
	context_guard(out->context, &out->reading, file);
	if (strcmp(file, "-") == 0) {
		if (isatty(STDIN_FILENO))
			context_note(&session->context,
				     "Reading from the terminal; Ctrl-D ends");
		feed_open(&out->feed, STDIN_FILENO, "standard input");
		return OK;
	}
	out->fd = open(file, O_RDONLY | O_CLOEXEC);
	if (out->fd < 0)
		return fail(e, FAILED, "%s: %s", file, strerror(errno));
	feed_open(&out->feed, out->fd, file);
	return OK;
}

/* - is standard input, @FILE a file, else it is the text itself. */
static enum status open_text(struct session *session, const char *option,
			     const char *said, struct input_file *out,
			     struct error *e)
{
	if (!said[0])
		return fail(e, INVALID, "%s is empty", option);
	if (said[0] == '@')
		return open_feed(session, option, said + 1, out, e);
	if (strcmp(said, "-") == 0)
		return open_feed(session, option, said, out, e);
	feed_open_text(&out->feed, said, strlen(said));
	return OK;
}

enum status input_file_data(struct session *session, const char *said,
			    struct input_file *out, struct error *e)
{
	return open_text(session, "--data", said, out, e);
}

enum status input_file_argument(struct session *session, struct call *call,
				struct input_file *out, struct error *e)
{
	const struct operation *operation = call->operation;

	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];
		const struct value *said = &call->arguments->values[i];
		const char *text;

		if (!(p->flags & PARAMETER_INPUT))
			continue;
		call->feed = &out->feed;
		text = arena_copy_n(call->arena, said->data, said->length);
		return p->flags & PARAMETER_TEXT
			       ? open_text(session, p->name, text, out, e)
			       : open_feed(session, p->name, text, out, e);
	}
	return OK;
}

#include "shell/prompt/mark.h"

#include <unistd.h>

#include "shell/line/terminal.h"

FILE *mark_stream(const struct session *session, FILE *stream)
{
	return setting_is_on(session->current.marks) && !terminal_is_dumb() &&
			       isatty(fileno(stream))
		       ? stream
		       : NULL;
}

static void write_mark(FILE *stream, const char *mark)
{
	if (!stream)
		return;
	fprintf(stream, "\033]133;%s\033\\", mark);
	fflush(stream);
}

void mark_prompt(FILE *stream)
{
	write_mark(stream, "A");
}

void mark_input(FILE *stream)
{
	write_mark(stream, "B");
}

void mark_output(FILE *stream)
{
	write_mark(stream, "C");
}

void mark_end(FILE *stream, enum status status)
{
	char mark[16];

	snprintf(mark, sizeof(mark), "D;%d", status_exit(status));
	write_mark(stream, mark);
}

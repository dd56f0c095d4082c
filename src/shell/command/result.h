/* Where a command's result goes: standard output, or the file of --output. */
#ifndef SHELL_COMMAND_RESULT_H
#define SHELL_COMMAND_RESULT_H

#include "shell/line/session.h"

struct buffer;

/* Prints a text; result_write to any descriptor. */
CHECKED enum status result_print(struct session *session,
				 const struct buffer *text, struct error *e);
CHECKED enum status result_write(const struct buffer *text, int fd,
				 struct error *e);

/* Asks the operation's question, runs it, and writes its rows. */
CHECKED enum status result_run(struct session *session, struct call *call,
			       struct error *e);

/* Writes the last result at the prompt again, with these options. */
CHECKED enum status result_again(struct session *session,
				 const char *const *words, size_t nwords,
				 struct arena *arena, struct error *e);

#endif

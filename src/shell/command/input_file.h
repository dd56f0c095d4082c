/* What a command reads: --data, or a file that it names. */
#ifndef SHELL_COMMAND_INPUT_FILE_H
#define SHELL_COMMAND_INPUT_FILE_H

#include "input/feed.h"
#include "shell/line/session.h"

struct input_file {
	int fd; /* -1: not a file of its own */
	struct feed feed;
	struct context *context; /* that guards reading; NULL: none */
	struct reading reading;
};

/* Closed at the end of its scope. */
#define INPUT_FILE(name) \
	struct input_file name __attribute__((cleanup( \
		input_file_close))) = { .fd = -1, .feed = { .fd = -1 } }
void input_file_close(struct input_file *file);

/* --data: - is standard input, @FILE a file, anything else JSON itself. */
CHECKED enum status input_file_data(struct session *session, const char *said,
				    struct input_file *out, struct error *e);

/* Opens the file that the operation's PARAMETER_INPUT names as call->feed. */
CHECKED enum status input_file_argument(struct session *session,
					struct call *call,
					struct input_file *out,
					struct error *e);

#endif

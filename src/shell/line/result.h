/* Where a command's result goes: standard output, or the file of --output. */
#ifndef SHELL_LINE_RESULT_H
#define SHELL_LINE_RESULT_H

#include "shell/line/session.h"
#include "shell/line/target.h"

/* Opens the session's output; result_close keeps it if status is OK, and
   returns status or its own error. */
CHECKED enum status result_open(const struct session *session,
				struct output_target *target,
				struct arena *arena, struct error *e);
CHECKED enum status result_close(struct session *session,
				 struct output_target *target,
				 enum status status, struct error *e);

/* Asks the operation's question, runs it, and writes its rows. */
CHECKED enum status result_run(struct session *session, struct call *call,
			       struct error *e);

/* Writes the last result at the prompt again, with these options. */
CHECKED enum status result_again(struct session *session,
				 const char *const *words, size_t nwords,
				 struct arena *arena, struct error *e);

#endif

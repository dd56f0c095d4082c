/* An error as data, for programs that run taskmgr. */
#ifndef SHELL_LINE_ERROR_JSON_H
#define SHELL_LINE_ERROR_JSON_H

#include "shell/line/session.h"

struct buffer;

/*
 * Writes the error of a command as one JSON object: code, status, command,
 * field, value, message, hint, fix (the words of the next step), and detail and
 * problems where there are any.  What is not known is null.
 */
void error_json(const struct session *session, const char *command,
		const struct error *e, struct buffer *out);

#endif

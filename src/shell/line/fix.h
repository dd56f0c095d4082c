/* The command that is the next step after an error. */
#ifndef SHELL_LINE_FIX_H
#define SHELL_LINE_FIX_H

#include "shell/line/session.h"

struct command_words;

/*
 * The words of a complete command line, from "taskmgr" on: the command that
 * failed with an option that it needs or a close name in place of a wrong one,
 * or a command that the hint names.  False if there is none.
 */
bool fix_command(const struct session *session, const struct error *e,
		 struct arena *arena, struct command_words *out);

#endif

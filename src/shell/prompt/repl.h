/* The read-eval-print loop, on GNU readline. */
#ifndef SHELL_PROMPT_REPL_H
#define SHELL_PROMPT_REPL_H

#include "shell/line/session.h"

/* Reads and runs commands at the terminal until Ctrl-D, exit or quit. */
enum status repl_run(struct session *session);

#endif

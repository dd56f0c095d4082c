/* Tab at the prompt. */
#ifndef SHELL_PROMPT_TAB_H
#define SHELL_PROMPT_TAB_H

#include "shell/line/session.h"

/* Makes readline complete the commands of a session. */
void tab_start(struct session *session);

/* The lines of the command before the one that is edited; NULL: none. */
void tab_continue(const char *lines);

#endif

/* What Tab shows below the line where several words are possible. */
#ifndef SHELL_PROMPT_TAB_LIST_H
#define SHELL_PROMPT_TAB_LIST_H

#include "describe/complete.h"

/*
 * Makes readline list the candidates with their descriptions, if there are any
 * and all lines fit the screen; otherwise in columns, as many as fit.  lead is
 * the number of bytes of each that readline has not got.  They are used until
 * the next call.
 */
void tab_list_prepare(const struct candidates *candidates, size_t lead);

#endif

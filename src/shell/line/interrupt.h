/*
 * Signals of the terminal.  Handlers reach only globals: the operation to
 * interrupt, and the signal that the REPL has to handle.
 */
#ifndef SHELL_LINE_INTERRUPT_H
#define SHELL_LINE_INTERRUPT_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "operation/operation.h"

/*
 * Makes SIGINT, SIGTERM and SIGHUP interrupt the running operation, which then
 * leaves nothing behind; a second one, or one while nothing runs, ends the
 * program.
 */
void interrupt_catch(void);

/* Whether SIGTERM or SIGHUP has interrupted an operation: nothing more is to
   run. */
bool interrupt_ended(void);

/* Then ends the program by that signal. */
void interrupt_end(void);

/* Sets the context whose engine SIGINT interrupts, at once if it came since the
   line was read; NULL: none. */
void interrupt_target(const struct context *context);

/* A flag that is true from an interrupting SIGINT until the next target. */
const atomic_bool *interrupt_flag(void);

/*
 * Blocks the terminal's signals (SIGINT, SIGTSTP, SIGWINCH) and only records
 * them while nothing runs.  *waiting is the mask for ppoll, which lets them in
 * while waiting for input.
 */
void interrupt_hold(sigset_t *waiting);
/* Undoes interrupt_hold, except that SIGINT stays caught. */
void interrupt_release(void);

/* Discards a recorded signal. */
void interrupt_forget(void);

/* Returns and discards the recorded or pending signal; 0: none. */
int interrupt_noted(void);

#endif

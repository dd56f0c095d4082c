/*
 * Signals of the terminal.  A handler can reach only what is global: the run
 * that it is to stop, and what the REPL has to see to.
 */
#ifndef SHELL_INTERRUPT_H
#define SHELL_INTERRUPT_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "operation/operation.h"

/* SIGINT stops what runs; where nothing does, or at the second time, it ends
   the program. */
void interrupt_catch(void);

/* The context whose engine SIGINT interrupts from now on; NULL: none. */
void interrupt_target(const struct context *context);

/* Set from the moment SIGINT stops a run until the next target. */
const atomic_bool *interrupt_flag(void);

/*
 * From now on the terminal's signals (SIGINT, SIGTSTP, SIGWINCH) are only
 * noted where nothing runs.  They are to be held back but while input is
 * waited for: *waiting is the mask of that wait.
 */
void interrupt_hold(sigset_t *waiting);
void interrupt_release(void);

/* Lets go of a signal that was noted while something else was done. */
void interrupt_forget(void);

/* The signal that was noted or is held back, once; 0: none. */
int interrupt_noted(void);

#endif

/*
 * Ctrl-C.  A signal handler can reach only what is global: the run that it is
 * to stop, and the REPL's way back to its prompt.
 */
#ifndef SHELL_INTERRUPT_H
#define SHELL_INTERRUPT_H

#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "operation/operation.h"

/*
 * Catches SIGINT: it stops what runs; where nothing does, or at the second
 * time, it ends the program, unless stay is set (the REPL).
 */
void interrupt_catch(bool stay);

/* The context whose engine SIGINT interrupts from now on; NULL: none. */
void interrupt_target(const struct context *context);

/* Set from the moment SIGINT stops a run until the next target. */
const atomic_bool *interrupt_flag(void);

/*
 * While a line is typed SIGINT jumps to where (psql's way: readline calls the
 * handler from its own loop, so that the jump is safe); NULL: no longer.
 */
void interrupt_jump(sigjmp_buf *where);

#endif

/* The entry points that take words: a command line, a script, the REPL. */
#ifndef SHELL_SHELL_H
#define SHELL_SHELL_H

#include "catalog/settings.h"
#include "operation/operation.h"

/* Runs the HTTP server for --serve; passed in by main, because shell and http
   must not include each other.  *again: the program is to be started again. */
typedef enum status shell_serve(struct context *context,
				const struct settings *settings, bool *again,
				struct error *e);

/* Runs the program for argv; returns its exit code. */
int shell_main(int argc, char **argv, shell_serve *serve);

#endif

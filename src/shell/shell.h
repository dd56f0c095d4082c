/* The doors of words: a command line, a script, the REPL. */
#ifndef SHELL_SHELL_H
#define SHELL_SHELL_H

#include "catalog/settings.h"
#include "operation/operation.h"

/* The door that --serve opens; main gives it, as rooms don't know of each
   other. */
typedef enum status shell_serve(struct context *context,
				const struct settings *settings,
				struct error *e);

/* Does what argv says; gives the exit code. */
int shell_main(int argc, char **argv, shell_serve *serve);

#endif

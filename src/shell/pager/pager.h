/*
 * Shows long output on a terminal through $TASKMGR_PAGER, $PAGER or less: the
 * pager is started once the output is higher than the terminal.  Elsewhere
 * output is written as it comes.
 */
#ifndef SHELL_PAGER_PAGER_H
#define SHELL_PAGER_PAGER_H

#include <signal.h>
#include <sys/types.h>

#include "catalog/settings.h"
#include "output/sink.h"

struct pager {
	struct sink sink; /* to write to */
	/* private: */
	struct sink out;     /* the terminal, then the pager */
	const char *command; /* of a shell; NULL: less */
	size_t rows, columns;
	size_t lines, column; /* where the output has come to */
	bool holding;         /* until it is known whether it fits */
	bool paging;          /* the pager may be started */
	pid_t child;          /* 0: not started */
	bool shielded;
	struct sigaction before; /* SIGINT's, if shielded */
	struct arena *arena;
};

/*
 * Begins output to fd, which is paged if it is standard output on a terminal and
 * the settings allow it.  Writing ends with INTERRUPTED when *stop is true; NULL:
 * never.  The caller ends it with pager_clear.
 */
void pager_begin(struct pager *pager, const struct settings *settings, int fd,
		 const atomic_bool *stop, struct arena *arena);

/* From here to pager_end Ctrl-C in the pager is the pager's alone: nothing is
   left to interrupt. */
void pager_shield(struct pager *pager);

/*
 * Writes what is left, if status is OK, and waits until the user leaves the
 * pager, which is not an error.  FAILED if it cannot be run; else status.
 */
CHECKED enum status pager_end(struct pager *pager, enum status status,
			      struct error *e);

void pager_clear(struct pager *pager);

#endif

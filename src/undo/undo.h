/*
 * Undo at a shell: the changes of each command are stored in the table
 * _taskmgr_undo, in the same transaction, and can be reverted.
 */
#ifndef UNDO_UNDO_H
#define UNDO_UNDO_H

#include "operation/operation.h"

/* The operations undo and redo. */
const struct operation *undo_operations(size_t *count);

/* Runs a writing call's work in its transaction, and keeps what undoes it: for
   context.keep_undo. */
CHECKED enum status undo_keep(struct call *call, engine_work *work,
			      struct error *e);

#endif

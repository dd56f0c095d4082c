/* The table _taskmgr_undo; private to undo/. */
#ifndef UNDO_LOG_H
#define UNDO_LOG_H

#include "engine/change/changes.h"

/* One command: newer ones have a larger id. */
struct undo_entry {
	int64_t id;
	const char *at, *command;
	struct changeset set;
	bool undone;
};

/* Adds an entry, and deletes undone and old ones.  Uses arena for a while. */
CHECKED enum status undo_log_add(struct engine *engine,
				 const struct undo_entry *entry,
				 struct arena *arena, struct error *e);

/*
 * The entries that can be undone, the newest first, or done again, the oldest
 * of them first; at most limit.  Without data only what a list shows.
 */
CHECKED enum status undo_log_read(struct engine *engine, bool undone,
				  int64_t limit, bool data, struct arena *arena,
				  struct undo_entry **out, size_t *count,
				  struct error *e);

/* Marks an entry as undone, or as done again. */
CHECKED enum status undo_log_mark(struct engine *engine, int64_t id,
				  bool undone, struct error *e);

#endif

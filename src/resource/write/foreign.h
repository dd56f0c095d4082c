/* The rows that refer to another one, which may keep it from being deleted. */
#ifndef RESOURCE_WRITE_FOREIGN_H
#define RESOURCE_WRITE_FOREIGN_H

#include "resource/key/key.h"

/* The SQL condition for rows that link to rows which satisfy condition. */
const char *link_condition(const struct link *link, const char *condition,
			   struct arena *arena);

/* Whether the link's ON DELETE action is this: "CASCADE". */
bool link_acts(const struct link *link, const char *action);

/* The names of the link's columns: "row, letter". */
const char *link_columns(const struct link *link, struct arena *arena);

/* "1 task", "2 tasks" */
const char *count_text(int64_t count, const struct resource *resource,
		       struct arena *arena);

/*
 * Explains, after the engine's error, why the row could not be deleted: which
 * rows refer to it, or to rows that would be deleted with it.
 */
CHECKED enum status refuse_delete(struct engine *engine,
				  const struct resource *resource,
				  const struct row_key *key,
				  struct arena *arena, struct error *e);

/*
 * Explains why deleting count rows (rows is their text) failed at the commit:
 * which rows still refer to them.
 */
CHECKED enum status refuse_deleted(struct engine *engine,
				   const struct resource *resource,
				   const char *rows, size_t count,
				   struct error *e);

#endif

/* Renames that comments declare (@renamed from=); private to the diff. */
#ifndef SCHEMA_DECLARED_H
#define SCHEMA_DECLARED_H

#include <stdbool.h>
#include <stddef.h>

/* A table or column and its declared old name, or NULL. */
struct declared {
	const char *name, *was;
};

struct declarations {
	struct declared *items;
	size_t count;
};

/*
 * Whether item i of from becomes item k of to, or in a downgrade the reverse.
 * A comment outlives its rename, so it counts only while the old name exists
 * and the new one doesn't.  In a chain (a to b, b to c) the last name must be
 * new and the first must disappear.  Renames in a circle are ignored: nothing
 * shows whether they have been made.
 */
bool declared_rename(const struct declarations *from,
		     const struct declarations *to, size_t i, size_t k);

#endif

/* Renames that comments declare (@renamed from=); private to the diff. */
#ifndef SCHEMA_DECLARED_H
#define SCHEMA_DECLARED_H

#include <stdbool.h>
#include <stddef.h>

/* A table or a column, and what it says that it was called; NULL: nothing. */
struct declared {
	const char *name, *was;
};

struct declarations {
	struct declared *items;
	size_t count;
};

/*
 * Whether the one at i became the one at k, or the other way about, which is
 * the way back.  A comment stays when it was followed, so it counts only while
 * the old name is there and the new one is not: but for a chain, a to b and b
 * to c, whose last name is new and whose first is gone.  In a circle nothing
 * tells before from after, and nothing counts.
 */
bool declared_rename(const struct declarations *from,
		     const struct declarations *to, size_t i, size_t k);

#endif

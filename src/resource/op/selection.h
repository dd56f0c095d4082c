/*
 * The rows that a change is for: those that its keys name, or those that
 * --where, --search or --all select; private to resource/op.
 */
#ifndef RESOURCE_OP_SELECTION_H
#define RESOURCE_OP_SELECTION_H

#include "resource/key/key.h"
#include "util/buffer.h"

struct selection {
	struct row_key *keys; /* each once: as named, or sorted */
	size_t count;
	bool filtered; /* by conditions: the user has not named the rows */
};

/* Whether a call selects rows without naming one. */
bool selection_is_filtered(const struct call *call);

/*
 * Finds the rows.  USAGE if there are both keys and conditions, or neither;
 * CONFLICT if there are more rows than --max-affected or than the call's
 * question counted.
 */
CHECKED enum status selection_take(struct call *call, struct selection *out,
				   struct error *e);

/* "user 2", or "3 users"; in the call's arena. */
const char *selection_text(const struct call *call,
			   const struct selection *selection);

/* " “alice”", or of rows that were not named the first ones:
   " (“alice”, “bob”, …)". */
void selection_add_captions(const struct call *call,
			    const struct selection *selection,
			    struct buffer *out);

#endif

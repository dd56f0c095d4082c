/* Completes the keys of a resource. */
#ifndef RESOURCE_KEY_CANDIDATE_H
#define RESOURCE_KEY_CANDIDATE_H

#include "resource/model/resource.h"

/*
 * Calls offer, with a description, for keys that begin with prefix: names, or
 * ids if prefix is digits or ids is set.  At most some hundred, found by index.
 * Stops silently at an error.
 */
void resource_candidates(struct engine *engine, const struct resource *resource,
			 const char *prefix, bool ids, struct arena *arena,
			 offer_candidate *offer, void *data);

#endif

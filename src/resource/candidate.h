/* Completes the keys of a resource. */
#ifndef RESOURCE_CANDIDATE_H
#define RESOURCE_CANDIDATE_H

#include "resource/resource.h"

/*
 * Calls offer, with a description, for keys that begin with prefix: names, or
 * ids if prefix is digits.  At most some hundred, found by index.  Stops
 * silently at an error.
 */
void resource_candidates(struct engine *engine, const struct resource *resource,
			 const char *prefix, struct arena *arena,
			 offer_candidate *offer, void *data);

/* The words of the operators in --where, as in age.gte=30; NULL after the
   last. */
const char *resource_operator(size_t i);

#endif

/* Keys of a resource as completion offers them. */
#ifndef RESOURCE_CANDIDATE_H
#define RESOURCE_CANDIDATE_H

#include "resource/resource.h"

/*
 * Calls offer for each key that begins with prefix: names, and ids where
 * prefix is digits; with a description.  At most some hundred, found by
 * index.  Errors end it silently.
 */
void resource_candidates(struct engine *engine, const struct resource *resource,
			 const char *prefix, struct arena *arena,
			 offer_candidate *offer, void *data);

/* The words of the operators in --where, as in age.gte=30; NULL after the
   last. */
const char *resource_operator(size_t i);

#endif

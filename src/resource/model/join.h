/* How the resources of a schema refer to each other. */
#ifndef RESOURCE_MODEL_JOIN_H
#define RESOURCE_MODEL_JOIN_H

#include "resource/model/resource.h"

/* Fills in the references between resources, and the links back. */
void resources_join(struct resource *resources, size_t count,
		    struct arena *arena);

#endif

/* What can be done with a resource: list, show, create and the others. */
#ifndef RESOURCE_OP_OPERATIONS_H
#define RESOURCE_OP_OPERATIONS_H

#include "resource/model/resource.h"

/* The operations of a resource, in the order that help shows them; taken is
   about options. */
void resource_operations(struct resource *resource, name_taken *taken,
			 struct arena *arena, struct operation **out,
			 size_t *count);

#endif

/* What can be done with a resource: list, show, create and the others. */
#ifndef RESOURCE_OP_OPERATIONS_H
#define RESOURCE_OP_OPERATIONS_H

#include "resource/model/resource.h"

/* Adds the operations of a resource to a list, in the order that help shows
   them; operation_complete needs arena later.  taken is about options. */
void resource_operations(struct resource *resource, name_taken *taken,
			 struct arena *arena, const struct operation ***list,
			 size_t *count);

#endif

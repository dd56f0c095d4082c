/* The operations of a resource in the making; private to resource/. */
#ifndef RESOURCE_MAKING_H
#define RESOURCE_MAKING_H

#include "resource/inside.h"

struct making {
	const struct resource *resource;
	name_taken *taken; /* whether an option belongs to the program */
	struct arena *arena;
	struct operation *operations;
	size_t count;
	struct parameter *parameters; /* of the operation being made */
	size_t nparameters;
};

/* The key: its own type over HTTP, any unique word at a shell. */
void making_key(struct making *making, unsigned flags);

/* where and search. */
void making_filter(struct making *making);

/* sort, limit, offset and after. */
void making_page(struct making *making);

/* The columns of rows as fields that they must equal, as far as no other
   parameter has their names. */
void making_equalities(struct making *making, const struct resource *rows);

/* The columns as fields of a record, to be created or updated. */
void making_fields(struct making *making, bool update);

/* data, set and, for an update, unset. */
void making_data(struct making *making, bool update);

/* "user create --username=abc --age=1", all that must be given; "user update 1
   --age=1", one field.  After the other parameters, whose names a field may
   have: then it is given by --set. */
const char *making_example(const struct making *making, bool update);

#endif

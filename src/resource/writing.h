/* A record on its way into its table; private to resource/. */
#ifndef RESOURCE_WRITING_H
#define RESOURCE_WRITING_H

#include "resource/inside.h"

/*
 * One record on its way into the table, by column.  Every write goes through
 * these steps: take the fields, follow the references, fill what is
 * automatic, and let the engine judge the rest.
 */
struct writing {
	struct call *call;
	const struct resource *resource;
	const struct fields *record;
	struct value *values;	/* by column */
	bool *given;
	bool update;
};

/* Fills the slug from its source, or judges the one that was given. */
CHECKED enum status writing_slug(struct writing *writing, struct error *e);

#endif

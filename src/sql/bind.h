/* The values of --param NAME=VALUE; private to sql/. */
#ifndef SQL_BIND_H
#define SQL_BIND_H

#include "operation/operation.h"

struct bindings {
	const struct values *given; /* NAME=VALUE */
	bool *used;
};

/* USAGE for an entry without = or a name that is given twice. */
CHECKED enum status bindings_read(struct bindings *bindings,
				  const struct call *call, struct error *e);

/*
 * Binds a statement's parameters: :age, $age and @age to the value of age, the
 * second ? and ?2 to that of 2.  USAGE if one has no value.
 */
CHECKED enum status bindings_apply(struct bindings *bindings,
				   struct statement *statement,
				   struct error *e);

/* USAGE if no statement had a parameter for a value. */
CHECKED enum status bindings_require_use(const struct bindings *bindings,
					 struct error *e);

#endif

/* Builds the operations of a resource; private to resource/. */
#ifndef RESOURCE_OP_MAKING_H
#define RESOURCE_OP_MAKING_H

#include "resource/model/resource.h"

struct making {
	const struct resource *resource;
	name_taken *taken; /* whether an option belongs to the program */
	struct arena *arena;
	struct parameter *parameters; /* of the operation being built */
	size_t nparameters;
};

/* An option in a table of parameters, with other members after its summary. */
#define OPTION(a_name, a_type, a_summary, ...) \
	{ .name = (a_name), .type = (a_type), .summary = (a_summary), \
	  .role = PARAMETER_OPTION, __VA_ARGS__ }
/* At least 0. */
#define NUMBER_OPTION(a_name, a_summary, ...) \
	OPTION(a_name, TYPE_INTEGER, a_summary, .metavar = "N", \
	       .minimum = &making_zero, __VA_ARGS__)
extern const struct value making_zero;

/* Adds a parameter to the operation being built, or all of an array. */
void making_add(struct making *making, struct parameter parameter);
#define MAKING_ADD_ALL(making, array) \
	for (size_t i_ = 0; i_ < sizeof(array) / sizeof(*(array)); i_++) \
		making_add(making, (array)[i_])

/* Adds the key: of its own type over HTTP, any unique word at a shell.  flags
   say whether it is required. */
void making_key(struct making *making, unsigned flags);

/* Adds where and search. */
void making_filter(struct making *making, unsigned flags);

/* Adds what selects the rows of a change instead of its key. */
void making_selection(struct making *making);

/* Adds sort, limit, offset and after. */
void making_page(struct making *making);

/* Adds by, sum, avg, min, max, and sort and limit of the groups. */
void making_groups(struct making *making);

/* Adds with. */
void making_related(struct making *making);

/* Adds the columns of rows as fields to match, except those whose names other
   parameters have. */
void making_equalities(struct making *making, const struct resource *rows);

/* Adds the columns as fields of a record to create or update. */
void making_fields(struct making *making, bool update);

/* The names of a foreign key's columns in its table, ended by NULL. */
const char *const *making_columns(const struct making *making,
				  const struct table *table,
				  const struct reference *reference);

/* Adds the rows that reference a record, which it may contain. */
void making_nested(struct making *making);

/* Adds data, set and, for an update, unset. */
void making_data(struct making *making, bool update);

/* The file of an import, and how it is read. */
void making_import(struct making *making);

/* "user create --username=abc --age=1", all that must be given; "user update 1
   --age=1", one field.  After the other parameters, whose names a field may
   have: then it is given by --set. */
const char *making_example(const struct making *making, bool update);

#endif

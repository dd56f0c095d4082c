/* What the files of resource/op share. */
#ifndef RESOURCE_OP_INSIDE_H
#define RESOURCE_OP_INSIDE_H

#include "resource/key/key.h"

/* For each column a parameter that has only the limits of simple CHECKs:
   minimum, maximum, choices and max_length. */
struct parameter *column_limits(const struct table *table, struct arena *arena);

/* The functions that run the operations. */
enum status resource_list(struct call *call, struct error *e);
enum status resource_count(struct call *call, struct error *e);
enum status resource_count_shape(struct call *call, const char *wanted,
				 struct error *e);
enum status resource_show(struct call *call, struct error *e);
enum status resource_linked(struct call *call, struct error *e);
enum status resource_shape(struct call *call, const char *wanted,
			   struct error *e);
enum status resource_linked_shape(struct call *call, const char *wanted,
				  struct error *e);
enum status resource_create(struct call *call, struct error *e);
enum status resource_import(struct call *call, struct error *e);
enum status resource_update(struct call *call, struct error *e);
enum status resource_update_question(struct call *call, const char **out,
				     struct error *e);
enum status resource_delete(struct call *call, struct error *e);
enum status resource_delete_question(struct call *call, const char **out,
				     struct error *e);

#endif

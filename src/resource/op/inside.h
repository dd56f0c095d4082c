/* What the files of resource/op share. */
#ifndef RESOURCE_OP_INSIDE_H
#define RESOURCE_OP_INSIDE_H

#include "resource/key/key.h"

/* Sets minimum, maximum, choices and max_length from simple CHECKs. */
void check_limits_of(const struct table *table, const struct column *column,
		     struct arena *arena, struct parameter *parameter);

/* The functions that run the operations. */
enum status resource_list(struct call *call, struct error *e);
enum status resource_count(struct call *call, struct error *e);
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

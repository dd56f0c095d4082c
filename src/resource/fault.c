#include <string.h>
#include <strings.h>

#include "resource/inside.h"

/* The columns of "users.username" or "tasks.a, tasks.b", by position. */
static size_t fault_columns(const struct table *table, const char *name,
			    size_t *positions, size_t most)
{
	size_t count = 0, length = strlen(table->name);

	for (const char *part = name; part && count < most;) {
		const char *end = strstr(part, ", ");
		size_t n = end ? (size_t)(end - part) : strlen(part);

		for (size_t i = 0; i < table->ncolumns; i++) {
			const char *column = table->columns[i].name;

			if (n == length + 1 + strlen(column) &&
			    strncmp(part, table->name, length) == 0 &&
			    strncmp(part + length + 1, column,
				    strlen(column)) == 0)
				positions[count++] = i;
		}
		part = end ? end + 2 : NULL;
	}
	return count;
}

/*
 * A slug that is taken is the fault of what it was made of, where that must
 * be unique as well: USER1 is told that it makes user1's slug.
 */
static enum status refuse_slug(const struct resource *resource,
			       const struct value *values, struct error *e)
{
	const struct table *table = resource->table;
	size_t slug = column_position(table, resource->slug);
	size_t source = column_position(table, resource->slug_source);

	fail(e, CONFLICT, "%s with %s %s exists already", resource->title,
	     resource->slug_source->name, value_show(values[source], e->arena));
	if (!value_equal(values[source], values[slug]))
		e->message = arena_printf(e->arena, "%s (%s %s)", e->message,
					  resource->slug->name,
					  value_show(values[slug], e->arena));
	return e->status;
}

static enum status refuse_unique(const struct resource *resource,
				 const struct value *values, const char *name,
				 struct error *e)
{
	const struct table *table = resource->table;
	const char *text = "";
	size_t positions[16];
	size_t n = fault_columns(table, name, positions, 16);

	if (!n || !values)
		return fail(e, CONFLICT, "a %s like this exists already (%s)",
			    resource->name, name);
	if (&table->columns[positions[0]] == resource->slug &&
	    resource->slug_source->unique)
		return refuse_slug(resource, values, e);
	for (size_t i = 0; i < n; i++)
		text = arena_printf(e->arena, "%s%s%s %s", text, i ? ", " : "",
				    table->columns[positions[i]].name,
				    value_show(values[positions[i]], e->arena));
	return fail(e, CONFLICT, "%s with %s exists already", resource->title,
		    text);
}

void problem_add(struct error *e, const char *type, const char *field,
		 const char *message)
{
	*error_problem(e) = (struct problem){
		.type = type,
		.place = "body",
		.record = -1,
		.field = field,
		.message = message,
	};
}

static enum status refuse_check(const struct resource *resource,
				const char *name, struct error *e)
{
	const struct table *table = resource->table;
	const char *text = name;

	for (size_t i = 0; i < table->nchecks; i++)
		if (table->checks[i].name &&
		    strcasecmp(table->checks[i].name, name) == 0)
			text = arena_printf(e->arena, "%s (%s)", name,
					    table->checks[i].sql);
	error_init(e, e->arena);
	problem_add(
		e, "value_error", NULL,
		arena_printf(e->arena, "Value error, CHECK failed: %s", text));
	return error_judge(e);
}

static enum status refuse_field(const struct resource *resource,
				const char *name, const char *type,
				const char *message, struct error *e)
{
	size_t position;
	const char *field = NULL;

	if (fault_columns(resource->table, name, &position, 1))
		field = resource->table->columns[position].name;
	else
		message = arena_printf(e->arena, "Value error, %s", name);
	error_init(e, e->arena);
	problem_add(e, type, field, message);
	return error_judge(e);
}

enum status refuse_fault(struct engine *engine, const struct resource *resource,
			 const struct value *values, struct error *e)
{
	struct fault fault = engine_fault(engine);

	if (e->status != CONFLICT && e->status != INVALID)
		return e->status;
	switch (fault.kind) {
	case FAULT_NONE:
		break;
	case FAULT_UNIQUE:
		return refuse_unique(resource, values, fault.name, e);
	case FAULT_FOREIGN_KEY:
		return fail(e, CONFLICT,
			    values ? "a row that %s names does "
				     "not exist"
				   : "%s is still named by other rows",
			    resource->title);
	case FAULT_CHECK:
		return refuse_check(resource, fault.name, e);
	case FAULT_NOT_NULL:
		return refuse_field(resource, fault.name, "missing",
				    "Field required", e);
	case FAULT_TYPE:
	case FAULT_OTHER:
		return refuse_field(resource, fault.name, "value_error", "", e);
	}
	return e->status;
}

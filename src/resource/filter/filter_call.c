/* The filters of a call: its options and its fields. */
#include "resource/filter/filter.h"

#include "engine/sql.h"

static void begin_condition(struct filter *filter)
{
	if (filter->sql.length)
		buffer_text(&filter->sql, " AND ");
}

/* --user-id 1 and, by the name or slug of the row, --user user1. */
static enum status add_field_condition(struct filter *filter,
				       const struct parameter *parameter,
				       struct value value, struct error *e)
{
	struct filter_condition condition = {
		.resource = filter->resource,
		.op = FILTER_EQUAL,
	};
	struct arena *arena = filter->call->arena;
	const char *text = value.kind == VALUE_TEXT
				   ? arena_copy_n(arena, value.data,
						  value.length)
				   : NULL;

	if (!filter_find_column(&condition, parameter->name))
		return fail(e, USAGE, "%s has no column %s",
			    filter->resource->name, parameter->name);
	if (!condition.reference || !text)
		*LIST_ADD(arena, condition.values, condition.nvalues) = value;
	else if (filter_value(filter, &condition,
			      (struct filter_word){ .text = text }, e) != OK)
		return e->status == USAGE
			       ? call_refuse(filter->call, parameter->name,
					     NULL, e, "%s", e->message)
			       : e->status;
	begin_condition(filter);
	return filter_add(filter, &condition, e);
}

static enum status add_fields(struct filter *filter, struct error *e)
{
	const struct operation *operation = filter->call->operation;
	const struct fields *fields = filter->call->arguments->records;

	for (size_t i = 0; i < operation->nparameters; i++)
		if (fields->given[i] &&
		    add_field_condition(filter, &operation->parameters[i],
					fields->values[i], e) != OK)
			return e->status;
	return OK;
}

static enum status add_search(struct filter *filter, const char *text,
			      struct error *e)
{
	const struct resource *resource = filter->resource;
	struct arena *arena = filter->call->arena;
	const char *bound = filter_bind(filter, value_text(text));
	const char *join = "";

	begin_condition(filter);
	buffer_byte(&filter->sql, '(');
	for (size_t i = 0; i < resource->ncolumns; i++) {
		const struct output_column *column = &resource->columns[i];

		if (column->type != TYPE_TEXT && column->type != TYPE_ANY)
			continue;
		buffer_printf(&filter->sql, "%s%s", join,
			      sql_contains(arena, sql_name(arena, column->name),
					   bound));
		join = " OR ";
	}
	buffer_byte(&filter->sql, ')');
	return *join ? OK
		     : call_refuse(filter->call, "search", NULL, e,
				   "%s has no text column", resource->name);
}

enum status filter_take_conditions(struct filter *filter, struct error *e)
{
	const struct values *list = call_list(filter->call, "where");
	const char *search = call_text(filter->call, "search");

	for (size_t i = 0; i < list->count; i++) {
		const char *text = arena_copy_n(filter->call->arena,
						list->items[i].data,
						list->items[i].length);

		begin_condition(filter);
		if (filter_parse(filter, text, e) != OK)
			return e->status;
	}
	return search ? add_search(filter, search, e) : OK;
}

enum status filter_take(struct filter *filter, struct error *e)
{
	return filter_take_conditions(filter, e) == OK ? add_fields(filter, e)
						       : e->status;
}

void filter_init(struct filter *filter, struct call *call,
		 const struct resource *resource)
{
	*filter = (struct filter){ .call = call, .resource = resource };
}

const char *filter_where(const struct filter *filter)
{
	return filter->sql.length ? arena_printf(filter->call->arena,
						 " WHERE %s", filter->sql.data)
				  : "";
}

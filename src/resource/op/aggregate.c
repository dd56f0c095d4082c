/* count: the rows, or those of each group, and sums and the like of them. */
#include <inttypes.h>

#include "engine/sql.h"
#include "resource/filter/filter.h"
#include "resource/filter/path.h"
#include "resource/op/inside.h"
#include "util/text.h"

static const char *const functions[] = { "sum", "avg", "min", "max", NULL };

/* What is selected: groups first, then their count, then the functions. */
struct aggregate {
	struct call *call;
	const struct resource *resource;
	struct output_column *columns;
	size_t ncolumns;
	const char **sql; /* of each column */
	size_t nsql, ngroups;
};

static enum status add_column(struct aggregate *aggregate, const char *option,
			      struct output_column column, const char *sql,
			      struct error *e)
{
	struct arena *arena = aggregate->call->arena;

	for (size_t i = 0; i < aggregate->ncolumns; i++)
		if (strcmp(aggregate->columns[i].name, column.name) == 0)
			return call_refuse(aggregate->call, option, NULL, e,
					   "%s is given twice", column.name);
	*LIST_ADD(arena, aggregate->columns, aggregate->ncolumns) = column;
	*LIST_ADD(arena, aggregate->sql, aggregate->nsql) = sql;
	return OK;
}

static bool may_be_date(enum type type)
{
	switch (type) {
	case TYPE_ANY:
	case TYPE_INTEGER:
	case TYPE_TEXT:
	case TYPE_DATE:
	case TYPE_TIME:
	case TYPE_DATETIME:
		return true;
	case TYPE_REAL:
	case TYPE_NUMERIC:
	case TYPE_BOOLEAN:
	case TYPE_JSON:
	case TYPE_BLOB:
		break;
	}
	return false;
}

/* "created.month"; false if that is not a part of a date. */
static bool find_date_part(const struct aggregate *aggregate, const char *name,
			   const char **sql)
{
	struct arena *arena = aggregate->call->arena;
	const char *dot = strrchr(name, '.');
	struct column_path path;

	if (!dot ||
	    !path_find(aggregate->resource,
		       arena_copy_n(arena, name, (size_t)(dot - name)), arena,
		       &path) ||
	    !may_be_date(path.column->type))
		return false;
	*sql = sql_date_part(arena, path.sql, dot + 1, path.column->type);
	return *sql;
}

static enum status add_group(struct aggregate *aggregate, const char *name,
			     struct error *e)
{
	struct output_column column = {
		.name = name,
		.type = TYPE_TEXT,
		.flags = COLUMN_NULLABLE,
	};
	struct column_path path;
	const char *sql;

	if (path_find(aggregate->resource, name, aggregate->call->arena,
		      &path)) {
		column.type = path.column->type;
		column.flags = COLUMN_STORED | COLUMN_NULLABLE;
		sql = path.sql;
	} else if (!find_date_part(aggregate, name, &sql)) {
		return path_refuse(aggregate->call, "by", aggregate->resource,
				   name, e);
	}
	aggregate->ngroups++;
	return add_column(aggregate, "by", column, sql, e);
}

static bool is_number(enum type type)
{
	return type == TYPE_INTEGER || type == TYPE_REAL ||
	       type == TYPE_NUMERIC || type == TYPE_BOOLEAN || type == TYPE_ANY;
}

static enum status add_function(struct aggregate *aggregate,
				const char *function, const char *name,
				struct error *e)
{
	struct arena *arena = aggregate->call->arena;
	const bool sums = *function == 's' || *function == 'a';
	struct output_column column = {
		.name = arena_printf(arena, "%s_%s", function, name),
		.type = *function == 'a' ? TYPE_REAL : TYPE_NUMERIC,
		.flags = COLUMN_NULLABLE,
	};
	struct column_path path;

	if (!path_find(aggregate->resource, name, arena, &path))
		return path_refuse(aggregate->call, function,
				   aggregate->resource, name, e);
	if (sums && !is_number(path.column->type))
		return call_refuse(aggregate->call, function, NULL, e,
				   "%s is not a number", name);
	if (!sums) {
		column.type = path.column->type;
		column.flags |= COLUMN_STORED;
	}
	return add_column(aggregate, function, column,
			  arena_printf(arena, "%s(%s)", function, path.sql), e);
}

/* Calls add with each name of an option's list. */
static enum status take_list(struct aggregate *aggregate, const char *option,
			     struct error *e)
{
	struct arena *arena = aggregate->call->arena;
	const char *list = call_text(aggregate->call, option);

	while (list) {
		const char *name = text_next_item(&list, arena);

		if ((strcmp(option, "by") == 0
			     ? add_group(aggregate, name, e)
			     : add_function(aggregate, option, name, e)) != OK)
			return e->status;
	}
	return OK;
}

static bool is_given(const struct call *call, const char *option)
{
	return call_value(call, option).kind != VALUE_NULL;
}

static enum status take_all(struct aggregate *aggregate, struct error *e)
{
	struct call *call = aggregate->call;
	const struct output_column count = { .name = "count",
					     .type = TYPE_INTEGER };

	if (take_list(aggregate, "by", e) != OK ||
	    add_column(aggregate, "by", count, "count(*)", e) != OK)
		return e->status;
	for (const char *const *f = functions; *f; f++)
		if (take_list(aggregate, *f, e) != OK)
			return e->status;
	if (is_given(call, "sort") && !aggregate->ngroups)
		return call_refuse(call, "sort", NULL, e, "needs %s",
				   call_spelling(call, "by"));
	if (is_given(call, "limit") && !aggregate->ngroups)
		return call_refuse(call, "limit", NULL, e, "needs %s",
				   call_spelling(call, "by"));
	return OK;
}

enum status resource_count_shape(struct call *call, const char *wanted,
				 struct error *e)
{
	struct aggregate *aggregate = arena_zero(call->arena,
						 sizeof(*aggregate));

	(void)wanted;
	aggregate->call = call;
	aggregate->resource = call->operation->subject;
	if (take_all(aggregate, e) != OK)
		return e->status;
	/* A number alone has a line for people. */
	if (aggregate->ncolumns == 1)
		return OK;
	call->columns = aggregate->columns;
	call->ncolumns = aggregate->ncolumns;
	call->shape = aggregate;
	return OK;
}

static const char *select_list(const struct aggregate *aggregate)
{
	struct arena *arena = aggregate->call->arena;
	BUFFER(sql);

	for (size_t i = 0; i < aggregate->ncolumns; i++)
		buffer_printf(&sql, "%s%s AS %s", i ? ", " : "",
			      aggregate->sql[i], sql_nested_name(arena, i));
	return arena_copy(arena, sql.data);
}

static const char *group_by(const struct aggregate *aggregate)
{
	struct arena *arena = aggregate->call->arena;
	BUFFER(sql);

	for (size_t i = 0; i < aggregate->ngroups; i++)
		buffer_printf(&sql, "%s%s", i ? ", " : " GROUP BY ",
			      sql_nested_name(arena, i));
	return arena_copy(arena, buffer_string(&sql));
}

static enum status add_order(const struct aggregate *aggregate,
			     const char *name, struct buffer *sql,
			     struct error *e)
{
	const bool descending = *name == '-';
	struct close_names close;

	close_names_init(&close, name + descending);
	for (size_t i = 0; i < aggregate->ncolumns; i++) {
		close_names_offer(&close, aggregate->columns[i].name);
		if (strcmp(aggregate->columns[i].name, name + descending) != 0)
			continue;
		buffer_printf(sql, "%s%s %s NULLS LAST",
			      sql->length ? ", " : " ORDER BY ",
			      sql_nested_name(aggregate->call->arena, i),
			      descending ? "DESC" : "ASC");
		return OK;
	}
	return call_refuse(aggregate->call, "sort",
			   close_names_list(&close, e->arena), e,
			   "the result has no column %s", name + descending);
}

/* --sort's columns, then the groups'. */
static enum status order_by(const struct aggregate *aggregate,
			    struct buffer *sql, struct error *e)
{
	struct arena *arena = aggregate->call->arena;
	const char *list = call_text(aggregate->call, "sort");

	while (list)
		if (add_order(aggregate, text_next_item(&list, arena), sql,
			      e) != OK)
			return e->status;
	for (size_t i = 0; i < aggregate->ngroups; i++)
		if (add_order(aggregate, aggregate->columns[i].name, sql, e) !=
		    OK)
			return e->status;
	if (is_given(aggregate->call, "limit"))
		buffer_printf(sql, " LIMIT %" PRId64,
			      call_value(aggregate->call, "limit").integer);
	return OK;
}

static enum status fail_step(const struct call *call, struct error *e)
{
	if (!is_given(call, "sum") || !engine_overflowed(call->context->engine))
		return e->status;
	call_refuse(call, "sum", NULL, e, "a sum is beyond 64 bits");
	error_hint(e, "select fewer rows with --where, or use --avg");
	return e->status;
}

static enum status emit_groups(const struct aggregate *aggregate,
			       struct statement *statement, struct error *e)
{
	struct call *call = aggregate->call;
	struct value *values = arena_array(call->arena, aggregate->ncolumns,
					   sizeof(*values));

	while (statement_next(statement, e)) {
		statement_values(statement, 0, aggregate->ncolumns, values);
		if (call_row(call, values, e) != OK)
			return e->status;
	}
	return e->status == OK ? OK : fail_step(call, e);
}

static enum status count_groups(const struct aggregate *aggregate,
				struct filter *filter, struct error *e)
{
	struct call *call = aggregate->call;
	STATEMENT(statement);
	BUFFER(order);

	if (order_by(aggregate, &order, e) != OK ||
	    engine_prepare(call->context->engine,
			   arena_printf(call->arena, "SELECT %s FROM %s%s%s%s",
					select_list(aggregate),
					sql_name(call->arena,
						 filter->resource->table->name),
					filter_where(filter),
					group_by(aggregate),
					buffer_string(&order)),
			   &statement, e) != OK)
		return e->status;
	filter_bind_all(filter, statement);
	if (!aggregate->ngroups)
		call_mark_single(call);
	return emit_groups(aggregate, statement, e);
}

static enum status count_all(struct filter *filter, struct error *e)
{
	struct call *call = filter->call;
	struct value values[2];

	if (engine_query_one(
		    call->context->engine,
		    arena_printf(call->arena, "SELECT count(*) FROM %s%s",
				 sql_name(call->arena,
					  filter->resource->table->name),
				 filter_where(filter)),
		    filter->values, (int)filter->nvalues, call->arena,
		    &values[1], e) != OK)
		return e->status;
	values[0] = value_text(value_show(values[1], call->arena));
	call_mark_single(call);
	return call_row(call, values, e);
}

enum status resource_count(struct call *call, struct error *e)
{
	FILTER(filter);

	filter_init(&filter, call, call->operation->subject);
	if (filter_take(&filter, e) != OK)
		return e->status;
	return call->shape ? count_groups(call->shape, &filter, e)
			   : count_all(&filter, e);
}

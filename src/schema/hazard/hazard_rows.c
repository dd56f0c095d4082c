/* The future rows of a changed table, from the database before the change. */
#include "schema/hazard/hazard.h"

#include "schema/model/type.h"
#include "schema/text/spelling.h"

static const char *collation_of(const struct column *column)
{
	return column->collation ? column->collation : "BINARY";
}

/* Whether both columns store a value the same way and compare it alike. */
static bool compares_alike(const struct table *from,
			   const struct column *before, const struct table *to,
			   const struct column *column)
{
	return column_affinity(from, before) == column_affinity(to, column) &&
	       name_equal(collation_of(before), collation_of(column));
}

/* Whether its own definition or value changes, ignoring its dependencies. */
static bool is_redefined(const struct plan *plan, const struct table *from,
			 const struct table *to, const struct column *column)
{
	const struct column *before = table_find_column(from, column->name);

	if (!before || before->generated != column->generated ||
	    !compares_alike(from, before, to, column))
		return true;
	return column->generated
		       ? !tokens_equal(before->generated_sql,
				       column->generated_sql)
		       : strcmp(plan_new_value(plan, from, to, column),
				spelling(plan->arena, before->name)) != 0;
}

/* Whether the column's values may change; a generated one's may if those of
   any column do. */
static bool has_new_values(const struct plan *plan, const struct table *from,
			   const struct table *to, const struct column *column)
{
	if (!column->generated || is_redefined(plan, from, to, column))
		return is_redefined(plan, from, to, column);
	for (size_t i = 0; i < to->ncolumns; i++)
		if (table_find_column(from, to->columns[i].name) &&
		    is_redefined(plan, from, to, &to->columns[i]))
			return true;
	return false;
}

static const struct column *next_in_sql(const struct plan *plan,
					const struct table *to,
					struct lexer *lexer)
{
	const struct column *column = NULL;
	struct token token;

	while (!column && lexer_next(lexer, &token))
		column = table_find_column(to, token_name(&token, plan->arena));
	return column;
}

bool plan_is_affected(const struct plan *plan, const struct table *from,
		      const struct table *to, const char *sql)
{
	const struct column *column;
	struct lexer lexer = lexer_of(span_of(sql));

	while ((column = next_in_sql(plan, to, &lexer)))
		if (has_new_values(plan, from, to, column))
			return true;
	return false;
}

bool plan_is_constant(const struct plan *plan, const struct table *from,
		      const struct table *to, const char *sql)
{
	const struct column *column;
	struct lexer lexer = lexer_of(span_of(sql));

	while ((column = next_in_sql(plan, to, &lexer)))
		if (column->generated || table_find_column(from, column->name))
			return false;
	return true;
}

static const char *future_value(const struct plan *plan,
				const struct table *from,
				const struct table *to,
				const struct column *column)
{
	const char *value = plan_new_value(plan, from, to, column);

	if (!value && !table_find_column(from, column->name))
		value = plan_default_value(column, plan->arena);
	return value ? value : "NULL";
}

/* A subquery of the future rows, with the new table's name as its alias. */
static const char *query_rows(const struct plan *plan, const struct table *from,
			      const struct table *to)
{
	struct arena *arena = plan->arena;
	BUFFER(list);

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const char *name = spelling(arena, column->name);

		if (!column->generated)
			buffer_printf(
				&list, "%s%s AS %s", list.length ? ", " : "",
				future_value(plan, from, to, column), name);
		else if (!has_new_values(plan, from, to, column))
			buffer_item(&list, name);
	}
	return arena_printf(arena, "(SELECT %s FROM %s) AS %s", list.data,
			    plan_old_rows(plan, from),
			    spelling(arena, to->name));
}

/* Several hazards of a table share its rows. */
static struct row_sql *cached_rows(struct plan *plan, const struct table *to)
{
	if (!plan->rows)
		plan->rows = arena_array(plan->arena, plan->to->ntables,
					 sizeof(*plan->rows));
	return &plan->rows[to - plan->to->tables];
}

static const char *copy_future_rows(struct plan *plan, const struct table *from,
				    const struct table *to)
{
	struct arena *arena = plan->arena;
	const char *name = arena_printf(arena, TEMPORARY_ROWS "%s", to->name);
	const char *target = spelling(arena, name);
	BUFFER(into);
	BUFFER(values);

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];

		if (column->generated)
			continue;
		buffer_item(&into, spelling(arena, column->name));
		buffer_item(&values, future_value(plan, from, to, column));
	}
	*LIST_ADD(arena, plan->out->copies,
		  plan->out->ncopies) = (struct row_copy){
		.table = to->name,
		.create = row_copy_create(name, to->ddl, arena),
		.insert = arena_printf(
			arena, "INSERT INTO temp.%s (%s) SELECT %s FROM %s",
			target, into.data, values.data,
			plan_old_rows(plan, from)),
		.drop = arena_printf(arena, "DROP TABLE IF EXISTS temp.%s",
				     target),
	};
	return arena_printf(arena, "temp.%s AS %s", target,
			    spelling(arena, to->name));
}

const char *plan_new_rows(struct plan *plan, const struct table *from,
			  const struct table *to, const char *sql)
{
	struct row_sql *rows = cached_rows(plan, to);

	if (plan_is_affected(plan, from, to, sql)) {
		if (!rows->copy)
			rows->copy = copy_future_rows(plan, from, to);
		return rows->copy;
	}
	if (!rows->query)
		rows->query = query_rows(plan, from, to);
	return rows->query;
}

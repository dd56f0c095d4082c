/* The future rows of a changed table, from the database before the change. */
#include "schema/hazard/hazard.h"

#include "schema/model/type.h"
#include "schema/text/spelling.h"

static const char *collation_of(const struct column *column)
{
	return column->collation ? column->collation : "BINARY";
}

/* Whether both columns store a value the same way and compare it alike. */
static bool compares_alike(const struct hazard_search *search,
			   const struct column *before,
			   const struct column *column)
{
	return column_affinity(search->from, before) ==
		       column_affinity(search->to, column) &&
	       name_equal(collation_of(before), collation_of(column));
}

static const char *new_value(const struct hazard_search *search,
			     const struct column *column)
{
	return plan_new_value(search->plan, search->from, search->to, column);
}

/* Whether its own definition or value changes, ignoring its dependencies. */
static bool is_redefined(const struct hazard_search *search,
			 const struct column *column)
{
	const struct column *before = table_find_column(search->from,
							column->name);

	if (!before || before->generated != column->generated ||
	    !compares_alike(search, before, column))
		return true;
	return column->generated
		       ? !tokens_equal(before->generated_sql,
				       column->generated_sql)
		       : strcmp(new_value(search, column),
				spelling(search->plan->arena, before->name)) !=
				 0;
}

/* Whether the column's values may change; a generated one's may if those of
   any column do. */
static bool has_new_values(const struct hazard_search *search,
			   const struct column *column)
{
	const struct table *to = search->to;
	bool redefined = is_redefined(search, column);

	for (size_t i = 0; column->generated && i < to->ncolumns; i++)
		redefined = redefined ||
			    (table_find_column(search->from,
					       to->columns[i].name) &&
			     is_redefined(search, &to->columns[i]));
	return redefined;
}

static const struct column *next_in_sql(const struct hazard_search *search,
					struct lexer *lexer)
{
	const struct column *column = NULL;
	struct token token;

	while (!column && lexer_next(lexer, &token))
		column = table_find_column(
			search->to, token_name(&token, search->plan->arena));
	return column;
}

bool hazard_affects(const struct hazard_search *search, const char *sql)
{
	const struct column *column;
	struct lexer lexer = lexer_of(span_of(sql));

	while ((column = next_in_sql(search, &lexer)))
		if (has_new_values(search, column))
			return true;
	return false;
}

bool hazard_is_constant(const struct hazard_search *search, const char *sql)
{
	const struct column *column;
	struct lexer lexer = lexer_of(span_of(sql));

	while ((column = next_in_sql(search, &lexer)))
		if (column->generated ||
		    table_find_column(search->from, column->name))
			return false;
	return true;
}

static const char *future_value(const struct hazard_search *search,
				const struct column *column)
{
	const char *value = new_value(search, column);

	if (!value && !table_find_column(search->from, column->name))
		value = plan_default_value(column, search->plan->arena);
	return value ? value : "NULL";
}

/* A subquery of the future rows, with the new table's name as its alias. */
static const char *query_rows(const struct hazard_search *search)
{
	struct arena *arena = search->plan->arena;
	const struct table *to = search->to;
	BUFFER(list);

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const char *name = spelling(arena, column->name);

		if (!column->generated)
			buffer_printf(&list, "%s%s AS %s",
				      list.length ? ", " : "",
				      future_value(search, column), name);
		else if (!has_new_values(search, column))
			buffer_item(&list, name);
	}
	return arena_printf(arena, "(SELECT %s FROM %s) AS %s", list.data,
			    plan_old_rows(search->plan, search->from),
			    spelling(arena, to->name));
}

static const char *copy_rows(const struct hazard_search *search)
{
	struct plan *plan = search->plan;
	struct arena *arena = plan->arena;
	const struct table *to = search->to;
	const char *name = arena_printf(arena, TEMPORARY_ROWS "%s", to->name);
	const char *target = spelling(arena, name);
	BUFFER(into);
	BUFFER(values);

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];

		if (column->generated)
			continue;
		buffer_item(&into, spelling(arena, column->name));
		buffer_item(&values, future_value(search, column));
	}
	*LIST_ADD(arena, plan->out->copies,
		  plan->out->ncopies) = (struct row_copy){
		.table = to->name,
		.create = row_copy_create(name, to->ddl, arena),
		.insert = arena_printf(
			arena, "INSERT INTO temp.%s (%s) SELECT %s FROM %s",
			target, into.data, values.data,
			plan_old_rows(plan, search->from)),
		.drop = arena_printf(arena, "DROP TABLE IF EXISTS temp.%s",
				     target),
	};
	return arena_printf(arena, "temp.%s AS %s", target,
			    spelling(arena, to->name));
}

/* Several hazards of a table share its rows. */
const char *hazard_rows(const struct hazard_search *search, const char *sql)
{
	struct plan *plan = search->plan;
	struct row_sql *rows;

	if (!plan->rows)
		plan->rows = arena_array(plan->arena, plan->to->ntables,
					 sizeof(*plan->rows));
	rows = &plan->rows[search->to - plan->to->tables];
	if (hazard_affects(search, sql))
		return rows->copy ? rows->copy
				  : (rows->copy = copy_rows(search));
	return rows->query ? rows->query : (rows->query = query_rows(search));
}

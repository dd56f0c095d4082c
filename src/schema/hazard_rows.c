/* Rows of a changed table as they will be, out of the database as it is. */
#include "schema/plan.h"
#include "schema/spelling.h"
#include "schema/type.h"

static bool is_constant(const char *value)
{
	struct lexer lexer;
	struct token token;

	lexer_init(&lexer, span_of(value), false);
	while (lexer_next(&lexer, &token))
		if (token.kind == TOKEN_NAME ||
		    (token.kind == TOKEN_WORD && !token_is_value(&token)))
			return false;
	return true;
}

/* What the column would hold of a constant; NULL: it is none. */
static const char *stored(const struct column *column, const char *value,
			  struct arena *arena)
{
	ENGINE(engine);
	struct value text;
	struct error ignored;

	error_init(&ignored, arena);
	if (!is_constant(value) ||
	    engine_open("sqlite://", 0, &engine, &ignored) != OK ||
	    engine_run(engine,
		       arena_printf(arena, "CREATE TABLE t (c %s)",
				    column->declared),
		       NULL, 0, &ignored) != OK ||
	    engine_run(engine,
		       arena_printf(arena, "INSERT INTO t VALUES (%s)", value),
		       NULL, 0, &ignored) != OK ||
	    engine_query_one(engine, "SELECT quote(c) FROM t", NULL, 0, arena,
			     &text, &ignored) != OK)
		return NULL;
	return text.data;
}

/*
 * A value that is no column any more compares as the column that it gets into
 * (sqlite.org/datatype3.html, 4.2 and 7.1).
 */
static const char *as_column(const struct column *column, const char *value,
			     struct arena *arena)
{
	const char *constant = stored(column, value, arena);

	if (constant)
		value = constant;
	if (type_affinity(column->declared) == TYPE_TEXT)
		value = arena_printf(arena, "CAST(%s AS TEXT)", value);
	if (column->collation)
		value = arena_printf(arena, "(%s) COLLATE %s", value,
				     spelling(arena, column->collation));
	return value;
}

static const char *collation_of(const struct column *column)
{
	return column->collation ? column->collation : "BINARY";
}

static bool is_recollated(const struct column *before,
			  const struct column *column)
{
	return !name_equal(collation_of(before), collation_of(column));
}

static bool is_retyped(const struct table *from, const struct column *before,
		       const struct table *to, const struct column *column)
{
	return column_affinity(from, before) != column_affinity(to, column);
}

/* The same value is another, or compares otherwise. */
static bool is_redefined(const struct table *from, const struct column *before,
			 const struct table *to, const struct column *column)
{
	return is_retyped(from, before, to, column) ||
	       is_recollated(before, column);
}

/* A column that is not generated holds other values than before. */
static bool is_other(const struct plan *plan, const struct table *from,
		     const struct table *to, const struct column *column)
{
	const struct column *before = table_find_column(from, column->name);
	const char *value = plan_value(plan, from, to, column);

	return !before || before->generated ||
	       is_redefined(from, before, to, column) ||
	       (value &&
		strcmp(value, spelling(plan->arena, before->name)) != 0);
}

/* What its expression reads, by way of others too, is not looked for. */
static bool is_changed(const struct plan *plan, const struct table *from,
		       const struct table *to, const struct column *column)
{
	const struct column *before = table_find_column(from, column->name);

	if (!column->generated)
		return is_other(plan, from, to, column);
	if (!before ||
	    !tokens_equal(before->generated_sql, column->generated_sql) ||
	    is_redefined(from, before, to, column))
		return true;
	for (size_t i = 0; i < to->ncolumns; i++)
		if (!to->columns[i].generated &&
		    table_find_column(from, to->columns[i].name) &&
		    is_other(plan, from, to, &to->columns[i]))
			return true;
	return false;
}

/* What a query makes of the column is not what SQLite will hold; a value that
   stands in for NULLs has no affinity there. */
static bool is_untold(const struct plan *plan, const struct table *from,
		      const struct table *to, const struct column *column)
{
	const struct column *before = table_find_column(from, column->name);
	const char *value = plan_value(plan, from, to, column);

	return column->generated ||
	       (before &&
		(is_retyped(from, before, to, column) ||
		 (value && !is_constant(value) &&
		  strcmp(value, spelling(plan->arena, before->name)) != 0)));
}

typedef bool judge_column(const struct plan *plan, const struct table *from,
			  const struct table *to, const struct column *column);

static bool names_any(const struct plan *plan, const struct table *from,
		      const struct table *to, const char *sql,
		      judge_column *judge)
{
	struct lexer lexer;
	struct token token;

	lexer_init(&lexer, span_of(sql), false);
	while (lexer_next(&lexer, &token)) {
		const struct column *column = table_find_column(
			to, token_name(&token, plan->arena));

		if (column && judge(plan, from, to, column))
			return true;
	}
	return false;
}

bool plan_is_affected(const struct plan *plan, const struct table *from,
		      const struct table *to, const char *sql)
{
	return names_any(plan, from, to, sql, is_changed);
}

static const char *value_to_be(const struct plan *plan,
			       const struct table *from, const struct table *to,
			       const struct column *column)
{
	const char *value = plan_value(plan, from, to, column);

	if (!value && !table_find_column(from, column->name))
		value = plan_default(column, plan->arena);
	return value ? value : "NULL";
}

/* A query of them, as the new table to whoever reads it. */
static const char *query_rows(const struct plan *plan, const struct table *from,
			      const struct table *to)
{
	struct arena *arena = plan->arena;
	BUFFER(list);

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const struct column *before = table_find_column(from,
								column->name);
		const char *value;

		if (column->generated)
			continue;
		value = value_to_be(plan, from, to, column);
		if (!before ||
		    strcmp(value, spelling(arena, before->name)) != 0)
			value = as_column(column, value, arena);
		else if (is_recollated(before, column))
			value = arena_printf(
				arena, "%s COLLATE %s", value,
				spelling(arena, collation_of(column)));
		buffer_printf(&list, "%s%s AS %s", list.length ? ", " : "",
			      value, spelling(arena, column->name));
	}
	return arena_printf(arena, "(SELECT %s FROM %s) AS %s", list.data,
			    plan_source(plan, from), spelling(arena, to->name));
}

/* They are asked for by many hazards. */
static struct rows *rows_of(struct plan *plan, const struct table *to)
{
	if (!plan->rows)
		plan->rows = arena_array(plan->arena, plan->to->ntables,
					 sizeof(*plan->rows));
	return &plan->rows[to - plan->to->tables];
}

const char *plan_rows(struct plan *plan, const struct table *from,
		      const struct table *to)
{
	struct rows *rows = rows_of(plan, to);

	if (!rows->query)
		rows->query = query_rows(plan, from, to);
	return rows->query;
}

static const char *copy_rows(struct plan *plan, const struct table *from,
			     const struct table *to)
{
	struct arena *arena = plan->arena;
	const char *name = arena_printf(arena, TEMPORARY_ROWS "%s", to->name);
	const char *target = spelling(arena, name);
	BUFFER(into);
	BUFFER(values);

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const char *comma = into.length ? ", " : "";

		if (column->generated)
			continue;
		buffer_printf(&into, "%s%s", comma,
			      spelling(arena, column->name));
		buffer_printf(&values, "%s%s", comma,
			      value_to_be(plan, from, to, column));
	}
	*LIST_ADD(arena, plan->out->copies,
		  plan->out->ncopies) = (struct row_copy){
		.create = row_copy_create(name, to->ddl, arena),
		.insert = arena_printf(arena,
				       "INSERT INTO temp.%s (%s) SELECT %s "
				       "FROM %s",
				       target, into.data, values.data,
				       plan_source(plan, from)),
		.drop = arena_printf(arena, "DROP TABLE IF EXISTS temp.%s",
				     target),
	};
	return arena_printf(arena, "temp.%s AS %s", target,
			    spelling(arena, to->name));
}

const char *plan_rows_for(struct plan *plan, const struct table *from,
			  const struct table *to, const char *sql)
{
	struct rows *rows = rows_of(plan, to);

	if (!names_any(plan, from, to, sql, is_untold))
		return plan_rows(plan, from, to);
	if (!rows->copy)
		rows->copy = copy_rows(plan, from, to);
	return rows->copy;
}

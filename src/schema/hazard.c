#include "schema/plan.h"
#include "schema/spelling.h"
#include "schema/type.h"

/* Whether a generated column is made of one that isn't there yet. */
static bool has_to_wait(const struct table *table, const struct column *column,
			const bool *there, struct arena *arena)
{
	struct lexer lexer;
	struct token token;

	lexer_init(&lexer, span_of(column->generated_sql), false);
	while (lexer_next(&lexer, &token)) {
		const struct column *other = table_find_column(
			table, token_name(&token, arena));

		if (other && !there[other - table->columns])
			return true;
	}
	return false;
}

/* The rows with their generated columns around them, layer by layer. */
static const char *generate(struct arena *arena, const struct table *table,
			    const char *rows, bool *there)
{
	const char *name = spelling(arena, table->name);

	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];

		if (there[i] || has_to_wait(table, column, there, arena))
			continue;
		there[i] = true;
		rows = arena_printf(arena,
				    "(SELECT *, (%s) AS %s FROM %s) "
				    "AS %s",
				    column->generated_sql,
				    spelling(arena, column->name), rows, name);
		i = (size_t)-1;
	}
	return rows;
}

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

/*
 * A table's rows as they will be, out of the database as it is: the columns
 * of to, with their new names and what NULLs become.
 */
static const char *rows_to_be(const struct plan *plan, const struct table *from,
			      const struct table *to)
{
	struct arena *arena = plan->arena;
	bool *there = arena_array(arena, to->ncolumns, sizeof(*there));
	BUFFER(sql);

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const char *value = plan_value(plan, from, to, column);
		const struct column *before;

		there[i] = !column->generated;
		if (column->generated)
			continue;
		before = table_find_column(from, column->name);
		if (!value && !before)
			value = plan_default(column, arena);
		if (value &&
		    (!before ||
		     strcmp(value, spelling(arena, before->name)) != 0))
			value = as_column(column, value, arena);
		buffer_printf(&sql, "%s%s AS %s", sql.length ? ", " : "",
			      value ? value : "NULL",
			      spelling(arena, column->name));
	}
	return generate(arena, to,
			arena_printf(arena, "(SELECT %s FROM %s) AS %s",
				     sql.length ? sql.data : "1",
				     plan_source(plan, from),
				     spelling(arena, to->name)),
			there);
}

/* Asked for by all hazards of a table, one table after the other. */
const char *plan_rows(struct plan *plan, const struct table *from,
		      const struct table *to)
{
	if (plan->rows_of != to) {
		plan->rows = rows_to_be(plan, from, to);
		plan->rows_of = to;
	}
	return plan->rows;
}

void plan_add_hazard(struct plan *plan, struct hazard hazard)
{
	*LIST_ADD(plan->arena, plan->out->hazards,
		  plan->out->nhazards) = hazard;
}

void plan_condition(struct plan *plan, const struct table *from,
		    const struct table *to, const char *text,
		    const char *condition)
{
	const char *rows = plan_rows(plan, from, to);

	plan_add_hazard(
		plan,
		(struct hazard){
			.text = text,
			.table = plan_name_before(plan, from),
			.about = arena_copy(plan->arena, condition),
			.count = arena_printf(
				plan->arena, "SELECT count(*) FROM %s WHERE %s",
				rows, condition),
			.show = arena_printf(
				plan->arena,
				"SELECT * FROM %s WHERE %s LIMIT 5", rows,
				condition),
		});
}

/* Whether NULLs would be refused, or get a number that nobody gave. */
static bool takes_no_nulls(const struct plan *plan, const struct table *to,
			   const struct column *column)
{
	if (column == table_rowid_column(to))
		return true;
	return column->not_null && !column->generated && !column->default_sql &&
	       !plan_fill(plan, to, column);
}

static void find_nulls(struct plan *plan, const struct table *from,
		       const struct table *to)
{
	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const struct column *before = table_find_column(from,
								column->name);

		if (!before || before->not_null ||
		    before == table_rowid_column(from) ||
		    !takes_no_nulls(plan, to, column))
			continue;
		plan_condition(
			plan, from, to,
			arena_printf(plan->arena,
				     column->not_null
					     ? "%s.%s becomes NOT NULL"
					     : "%s.%s becomes INTEGER PRIMARY "
					       "KEY",
				     to->name, column->name),
			arena_printf(plan->arena, "%s IS NULL",
				     spelling(plan->arena, column->name)));
	}
}

static bool same_collation(const struct column *a, const struct column *b)
{
	return name_equal(a->collation ? a->collation : "BINARY",
			  b->collation ? b->collation : "BINARY");
}

static bool has_check(const struct shape *shape,
		      const struct shape_constraint *check)
{
	for (size_t i = 0; i < shape->nconstraints; i++)
		if (shape->constraints[i].kind == CLAUSE_CHECK &&
		    strcmp(shape->constraints[i].text, check->text) == 0)
			return true;
	return false;
}

/*
 * Whether a condition can only be judged by the new table: the same value is
 * another one, or compares otherwise, under another type or collation.
 */
static bool depends_on_change(const struct table *from, const struct table *to,
			      const char *condition, struct arena *arena)
{
	struct lexer lexer;
	struct token token;

	lexer_init(&lexer, span_of(condition), false);
	while (lexer_next(&lexer, &token)) {
		const char *name = token_name(&token, arena);
		const struct column *a = table_find_column(from, name);
		const struct column *b = table_find_column(to, name);

		if (b && (b->generated ||
			  (a && (!name_equal(a->declared, b->declared) ||
				 !same_collation(a, b)))))
			return true;
	}
	return false;
}

static void find_broken(struct plan *plan, const struct table *from,
			const struct table *to)
{
	const struct shape *a, *b;

	if (!from->ddl || !to->ddl)
		return;
	a = shape_of(from, plan->mid, plan->arena);
	b = shape_of(to, plan->to, plan->arena);
	for (size_t i = 0; i < b->nconstraints; i++) {
		const struct shape_constraint *check = &b->constraints[i];

		if (check->kind != CLAUSE_CHECK || has_check(a, check) ||
		    depends_on_change(from, to, check->columns, plan->arena))
			continue;
		plan_condition(
			plan, from, to,
			arena_printf(plan->arena, "%s gets CHECK (%s)",
				     to->name, check->columns),
			arena_printf(plan->arena, "NOT (%s)", check->columns));
	}
}

void plan_find_hazards(struct plan *plan, const struct table *from,
		       const struct table *to)
{
	/* What is in a downgrade's way is told where it runs. */
	if (plan->options->fill_zero)
		return;
	find_nulls(plan, from, to);
	find_broken(plan, from, to);
	plan_find_types(plan, from, to);
	plan_find_orphans(plan, from, to);
}

#include "schema/hazard/hazard.h"

#include "schema/text/spelling.h"

struct hazard *plan_add_hazard(struct plan *plan, struct hazard hazard)
{
	struct hazard *out = LIST_ADD(plan->arena, plan->out->hazards,
				      plan->out->nhazards);

	*out = hazard;
	return out;
}

struct hazard *plan_add_where(struct plan *plan, const struct table *from,
			      const char *rows, const char *text,
			      const char *condition)
{
	struct arena *arena = plan->arena;

	return plan_add_hazard(
		plan,
		(struct hazard){
			.text = text,
			.table = plan_name_before(plan, from),
			.about = arena_copy(arena, condition),
			.count = arena_printf(
				arena, "SELECT count(*) FROM %s WHERE %s", rows,
				condition),
			.show = arena_printf(
				arena, "SELECT * FROM %s WHERE %s LIMIT 5",
				rows, condition),
		});
}

/* Whether its DEFAULT is an expression, which may yield NULL. */
static bool computes_default(const struct plan *plan, const struct table *to,
			     const struct column *column)
{
	struct token token;

	return column->default_sql && !plan_fill(plan, to, column) &&
	       !tokens_single(span_of(column->default_sql), &token);
}

/* The hazard's text, with $ for the column, if NULLs would be rejected or
   replaced by a generated key; else NULL. */
static const char *null_text(const struct plan *plan, const struct table *from,
			     const struct table *to,
			     const struct column *column)
{
	const struct column *before = table_find_column(from, column->name);
	const char *name = spelling(plan->arena, column->name);

	if (before && before == table_rowid_column(from))
		return NULL;
	if (before && !before->not_null && column == table_rowid_column(to))
		return "$ becomes INTEGER PRIMARY KEY";
	if (!column->not_null || column == table_rowid_column(to) ||
	    (before && before->not_null &&
	     !(column->generated && plan_is_affected(plan, from, to, name))))
		return NULL;
	if (column->generated)
		return "$ is generated and NOT NULL";
	if (computes_default(plan, to, column))
		return "$ is NOT NULL, but its DEFAULT yields NULL";
	return before && !column->default_sql && !plan_fill(plan, to, column)
		       ? "$ becomes NOT NULL"
		       : NULL;
}

/* An expression may fail for some values, which makes the row unreadable: the
   query then fails, and its error is reported. */
static void find_uncomputable(struct plan *plan, const struct table *from,
			      const struct table *to)
{
	struct arena *arena = plan->arena;

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const char *name = spelling(arena, column->name);
		const char *sql = column->generated_sql;

		if (column->generated && plan_is_affected(plan, from, to, name))
			plan_add_where(
				plan, from, plan_new_rows(plan, from, to, sql),
				arena_printf(arena, "%s.%s cannot be computed",
					     to->name, column->name),
				arena_printf(arena, "typeof((%s)) = ''", sql));
	}
}

static void find_null_hazards(struct plan *plan, const struct table *from,
			      const struct table *to)
{
	struct arena *arena = plan->arena;

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const char *name = spelling(arena, column->name);
		const char *text = null_text(plan, from, to, column);
		struct hazard *hazard;

		if (!text)
			continue;
		text = fill_sql(
			text,
			arena_printf(arena, "%s.%s", to->name, column->name),
			arena);
		hazard = plan_add_where(
			plan, from, plan_new_rows(plan, from, to, name), text,
			arena_printf(arena, "%s IS NULL", name));
		if (column->not_null && !column->generated)
			hazard->fill = (struct fill){
				.table = to->name,
				.column = column->name,
			};
	}
}

static bool has_same_check(const struct shape *shape,
			   const struct shape_constraint *check)
{
	for (size_t i = 0; i < shape->nconstraints; i++)
		if (shape->constraints[i].kind == CLAUSE_CHECK &&
		    strcmp(shape->constraints[i].text, check->text) == 0)
			return true;
	return false;
}

/* New CHECKs, and existing ones that refer to changed values. */
static void find_check_hazards(struct plan *plan, const struct table *from,
			       const struct table *to)
{
	struct arena *arena = plan->arena;
	const struct shape *a, *b;

	if (!from->ddl || !to->ddl)
		return;
	a = plan_mid_shape(plan, from);
	b = plan_to_shape(plan, to);
	for (size_t i = 0; i < b->nconstraints; i++) {
		const struct shape_constraint *check = &b->constraints[i];
		bool known = has_same_check(a, check);

		if (check->kind != CLAUSE_CHECK ||
		    (known &&
		     !plan_is_affected(plan, from, to, check->columns)))
			continue;
		plan_add_where(plan, from,
			       plan_new_rows(plan, from, to, check->columns),
			       arena_printf(arena, "%s %s CHECK (%s)", to->name,
					    known ? "keeps" : "gets",
					    check->columns),
			       arena_printf(arena, "NOT (%s)", check->columns))
			->given = plan_is_constant(plan, from, to,
						   check->columns);
	}
}

void plan_find_hazards(struct plan *plan, const struct table *from,
		       const struct table *to)
{
	/* A downgrade reports its hazards when it runs. */
	if (plan->options->fill_zero)
		return;
	find_uncomputable(plan, from, to);
	find_null_hazards(plan, from, to);
	find_check_hazards(plan, from, to);
	plan_find_type_hazards(plan, from, to);
	plan_find_rowid_hazards(plan, from, to);
}

#include "schema/hazard/hazard.h"

#include <stdarg.h>

#include "schema/text/spelling.h"

struct hazard *hazard_add(const struct hazard_search *search, const char *reads,
			  const char *condition, const char *text, ...)
{
	struct plan *plan = search->plan;
	struct arena *arena = plan->arena;
	const char *rows = reads ? hazard_rows(search, reads)
				 : plan_old_rows(plan, search->from);
	struct hazard *out = LIST_ADD(arena, plan->out->hazards,
				      plan->out->nhazards);
	va_list args;

	va_start(args, text);
	*out = (struct hazard){
		.text = arena_vprintf(arena, text, args),
		.table = plan_name_before(plan, search->from),
		.about = condition,
		.count = arena_printf(arena, "SELECT count(*) FROM %s WHERE %s",
				      rows, condition),
		.show = arena_printf(arena, "SELECT * FROM %s WHERE %s LIMIT 5",
				     rows, condition),
	};
	va_end(args);
	return out;
}

/* Whether its DEFAULT is an expression, which may yield NULL. */
static bool computes_default(const struct hazard_search *search,
			     const struct column *column)
{
	struct token token;

	return column->default_sql &&
	       !plan_fill(search->plan, search->to, column) &&
	       !tokens_single(span_of(column->default_sql), &token);
}

/* The hazard's text, after the column's name, if NULLs would be rejected or
   replaced by a generated key; else NULL. */
static const char *null_text(const struct hazard_search *search,
			     const struct column *column, const char *name)
{
	const struct table *from = search->from, *to = search->to;
	const struct column *before = table_find_column(from, column->name);

	if (before && before == table_rowid_column(from))
		return NULL;
	if (before && !before->not_null && column == table_rowid_column(to))
		return "becomes INTEGER PRIMARY KEY";
	if (!column->not_null || column == table_rowid_column(to) ||
	    (before && before->not_null &&
	     !(column->generated && hazard_affects(search, name))))
		return NULL;
	if (column->generated)
		return "is generated and NOT NULL";
	if (computes_default(search, column))
		return "is NOT NULL, but its DEFAULT yields NULL";
	return before && !column->default_sql &&
			       !plan_fill(search->plan, to, column)
		       ? "becomes NOT NULL"
		       : NULL;
}

/* An expression may fail for some values, which makes the row unreadable: the
   query then fails, and its error is reported. */
static void find_uncomputable(const struct hazard_search *search)
{
	struct arena *arena = search->plan->arena;
	const struct table *to = search->to;

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const char *sql = column->generated_sql;

		if (column->generated &&
		    hazard_affects(search, spelling(arena, column->name)))
			hazard_add(
				search, sql,
				arena_printf(arena, "typeof((%s)) = ''", sql),
				"%s.%s cannot be computed", to->name,
				column->name);
	}
}

static void find_null_hazards(const struct hazard_search *search)
{
	struct arena *arena = search->plan->arena;
	const struct table *to = search->to;

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const char *name = spelling(arena, column->name);
		const char *text = null_text(search, column, name);
		struct hazard *hazard;

		if (!text)
			continue;
		hazard = hazard_add(search, name,
				    arena_printf(arena, "%s IS NULL", name),
				    "%s.%s %s", to->name, column->name, text);
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
static void find_check_hazards(const struct hazard_search *search)
{
	const struct plan *plan = search->plan;
	const struct shape *a = plan_mid_shape(plan, search->from);
	const struct shape *b = plan_to_shape(plan, search->to);

	for (size_t i = 0; i < b->nconstraints; i++) {
		const struct shape_constraint *check = &b->constraints[i];
		const char *sql = check->columns;
		bool known = has_same_check(a, check);

		if (check->kind != CLAUSE_CHECK ||
		    (known && !hazard_affects(search, sql)))
			continue;
		hazard_add(search, sql,
			   arena_printf(plan->arena, "NOT (%s)", sql),
			   "%s %s CHECK (%s)", search->to->name,
			   known ? "keeps" : "gets", sql)
			->given = hazard_is_constant(search, sql);
	}
}

void hazards_find(const struct hazard_search *search)
{
	/* A downgrade reports its hazards when it runs. */
	if (search->plan->options->fill_zero)
		return;
	find_uncomputable(search);
	find_null_hazards(search);
	find_check_hazards(search);
	hazards_find_types(search);
	hazards_find_rowids(search);
}

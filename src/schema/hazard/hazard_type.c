#include "schema/hazard/hazard.h"

#include "schema/model/type.h"
#include "schema/text/spelling.h"

static void find_rewritten(struct plan *plan, const struct table *from,
			   const struct table *to, const struct column *before,
			   const struct column *column)
{
	enum type was = column_affinity(from, before),
		  is = column_affinity(to, column);
	const char *condition = type_rewrites(from, before, to, column,
					      plan->arena);
	bool text = !affinity_is_numeric(was) && affinity_is_numeric(is);

	if (condition)
		plan_add_where(
			plan, from, plan_old_rows(plan, from),
			arena_printf(
				plan->arena,
				"%s.%s becomes %s, which would rewrite its %s",
				to->name, column->name, column->declared,
				text ? "text" : "numbers"),
			condition);
}

/* Whether STRICT checks values that it hasn't checked before. */
static bool is_newly_strict(const struct plan *plan, const struct table *from,
			    const struct table *to, const struct column *column)
{
	const struct column *before = table_find_column(from, column->name);

	if (!column_strict_type(to, column))
		return false;
	if (!before)
		return column->generated || column->default_sql ||
		       plan_fill(plan, to, column);
	return !from->strict ||
	       !name_equal(before->declared, column->declared) ||
	       plan_is_affected(plan, from, to,
				spelling(plan->arena, column->name));
}

static void find_strict_hazards(struct plan *plan, const struct table *from,
				const struct table *to,
				const struct column *column)
{
	struct arena *arena = plan->arena;
	const struct column *before = table_find_column(from, column->name);
	const char *was = before ? column_strict_type(from, before) : NULL;
	const char *is = column_strict_type(to, column);
	const char *name = spelling(arena, column->name);
	const char *condition = arena_printf(
		arena, "typeof(%s) NOT IN ('null', '%s')", name, is);

	/* SQLite doesn't check generated columns: ignore existing errors. */
	if (column->generated && was && strcmp(was, is) == 0)
		condition = arena_printf(
			arena, "%s AND NOT EXISTS (SELECT 1 FROM %s WHERE %s)",
			condition, plan_old_rows(plan, from), condition);
	plan_add_where(plan, from, plan_new_rows(plan, from, to, name),
		       arena_printf(arena, "%s.%s becomes a strict %s",
				    to->name, column->name, column->declared),
		       condition)
		->given = !column->generated && !before;
}

/* An alias of the rowid holds only integers. */
static void find_bad_rowids(struct plan *plan, const struct table *from,
			    const struct table *to, const struct column *column)
{
	const char *name = spelling(plan->arena, column->name);

	plan_add_where(
		plan, from, plan_new_rows(plan, from, to, name),
		arena_printf(plan->arena, "%s.%s becomes INTEGER PRIMARY KEY",
			     to->name, column->name),
		arena_printf(plan->arena,
			     "typeof(%s) NOT IN ('null', 'integer')", name));
}

void plan_find_type_hazards(struct plan *plan, const struct table *from,
			    const struct table *to)
{
	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const struct column *before = table_find_column(from,
								column->name);

		if (is_newly_strict(plan, from, to, column))
			find_strict_hazards(plan, from, to, column);
		if (!before || column->generated || before->generated)
			continue;
		if (column == table_rowid_column(to) &&
		    before != table_rowid_column(from))
			find_bad_rowids(plan, from, to, column);
		find_rewritten(plan, from, to, before, column);
	}
}

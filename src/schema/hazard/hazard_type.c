#include "schema/hazard/hazard.h"

#include "schema/model/type.h"
#include "schema/text/spelling.h"

static void find_rewritten(const struct hazard_search *search,
			   const struct column *before,
			   const struct column *column)
{
	const struct table *from = search->from, *to = search->to;
	bool text = !affinity_is_numeric(column_affinity(from, before)) &&
		    affinity_is_numeric(column_affinity(to, column));
	const char *condition = type_rewrites(from, before, to, column,
					      search->plan->arena);

	if (condition)
		hazard_add(search, NULL, condition,
			   "%s.%s becomes %s, which would rewrite its %s",
			   to->name, column->name, column->declared,
			   text ? "text" : "numbers");
}

/* Whether STRICT checks values that it hasn't checked before. */
static bool is_newly_strict(const struct hazard_search *search,
			    const struct column *before,
			    const struct column *column, const char *name)
{
	if (!column_strict_type(search->to, column))
		return false;
	if (!before)
		return column->generated || column->default_sql ||
		       plan_fill(search->plan, search->to, column);
	return !search->from->strict ||
	       !name_equal(before->declared, column->declared) ||
	       hazard_affects(search, name);
}

static void find_not_strict(const struct hazard_search *search,
			    const struct column *before,
			    const struct column *column, const char *name)
{
	struct arena *arena = search->plan->arena;
	const char *was = before ? column_strict_type(search->from, before)
				 : NULL;
	const char *is = column_strict_type(search->to, column);
	const char *condition = arena_printf(
		arena, "typeof(%s) NOT IN ('null', '%s')", name, is);

	/* SQLite doesn't check generated columns: ignore existing errors. */
	if (column->generated && was && strcmp(was, is) == 0)
		condition = arena_printf(
			arena, "%s AND NOT EXISTS (SELECT 1 FROM %s WHERE %s)",
			condition, plan_old_rows(search->plan, search->from),
			condition);
	hazard_add(search, name, condition, "%s.%s becomes a strict %s",
		   search->to->name, column->name, column->declared)
		->given = !column->generated && !before;
}

void hazards_find_types(const struct hazard_search *search)
{
	const struct table *from = search->from, *to = search->to;
	struct arena *arena = search->plan->arena;

	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const struct column *before = table_find_column(from,
								column->name);
		const char *name = spelling(arena, column->name);

		if (is_newly_strict(search, before, column, name))
			find_not_strict(search, before, column, name);
		if (!before || column->generated || before->generated)
			continue;
		/* An alias of the rowid holds only integers. */
		if (column == table_rowid_column(to) &&
		    before != table_rowid_column(from))
			hazard_add(search, name,
				   arena_printf(arena,
						"typeof(%s) NOT IN ('null', "
						"'integer')",
						name),
				   "%s.%s becomes INTEGER PRIMARY KEY",
				   to->name, column->name);
		find_rewritten(search, before, column);
	}
}

#include "schema/plan.h"
#include "schema/spelling.h"
#include "schema/type.h"

/*
 * What SQLite would turn into something that it cannot be had back from; as a
 * condition with the column's name as $, or NULL.
 */
static const char *changed_values(enum type before, enum type after)
{
	/* '007' but not '1.50'; as it is when the two are compared. */
	if (affinity_is_numeric(after) && !affinity_is_numeric(before))
		return "typeof($) = 'text' AND $ = CAST($ AS NUMERIC) AND "
		       "CAST(CAST($ AS NUMERIC) AS TEXT) <> iif(instr($, '.'), "
		       "rtrim(rtrim($, '0'), '.'), $)";
	/* Whole numbers above 2^53 that have no REAL of their own. */
	if (after == TYPE_REAL && before != TYPE_REAL)
		return "typeof($) = 'integer' AND CAST($ AS REAL) <> $";
	/* As text a REAL has 15 digits. */
	if (after == TYPE_TEXT && before != TYPE_TEXT)
		return "typeof($) = 'real' AND "
		       "CAST(CAST($ AS TEXT) AS REAL) <> $";
	return NULL;
}

/* What a STRICT table refuses (sqlite.org/stricttables.html, 2). */
static const char *refused_values(enum type after)
{
	switch (after) {
	case TYPE_INTEGER:
		return "typeof($) = 'blob' OR (typeof($) <> 'integer' AND "
		       "CAST($ AS INTEGER) <> $)";
	case TYPE_REAL:
		return "typeof($) = 'blob' OR (typeof($) = 'text' AND "
		       "CAST($ AS REAL) <> $)";
	case TYPE_TEXT:
		return "typeof($) = 'blob'";
	case TYPE_BLOB:
		return "typeof($) NOT IN ('blob', 'null')";
	default:
		return NULL;
	}
}

static const char *with_name(const char *condition, const char *name,
			     struct arena *arena)
{
	return fill_in(condition, spelling(arena, name), arena);
}

const char *type_rewrites(const struct table *from, const struct column *before,
			  const struct table *to, const struct column *column,
			  struct arena *arena)
{
	const char *condition = changed_values(column_affinity(from, before),
					       column_affinity(to, column));

	return condition ? with_name(condition, before->name, arena) : NULL;
}

static void find_changed(struct plan *plan, const struct table *from,
			 const struct table *to, const struct column *before,
			 const struct column *column)
{
	enum type was = column_affinity(from, before),
		  is = column_affinity(to, column);
	const char *condition = changed_values(was, is);
	bool text = !affinity_is_numeric(was) && affinity_is_numeric(is);

	if (condition)
		plan_condition(plan, from, plan_rows(plan, from, to),
			       arena_printf(plan->arena,
					    "%s.%s becomes %s, which would "
					    "rewrite its %s",
					    to->name, column->name,
					    column->declared,
					    text ? "text" : "numbers"),
			       with_name(condition, column->name, plan->arena));
}

/* Whether STRICT judges its values otherwise than before. */
static bool is_strict_anew(const struct plan *plan, const struct table *from,
			   const struct table *to, const struct column *column)
{
	const struct column *before = table_find_column(from, column->name);

	if (!to->strict || (!before && !column->generated))
		return false;
	if (!from->strict)
		return true;
	return column->generated
		       ? plan_is_affected(plan, from, to,
					  spelling(plan->arena, column->name))
		       : !name_equal(before->declared, column->declared);
}

static void find_refused(struct plan *plan, const struct table *from,
			 const struct table *to, const struct column *column)
{
	struct arena *arena = plan->arena;
	const char *name = spelling(arena, column->name);
	const char *condition = refused_values(column_affinity(to, column));

	if (name_equal(column->declared, "ANY") || !condition)
		return;
	plan_condition(plan, from,
		       column->generated ? plan_rows_for(plan, from, to, name)
					 : plan_rows(plan, from, to),
		       arena_printf(arena, "%s.%s becomes a strict %s",
				    to->name, column->name, column->declared),
		       fill_in(condition, name, arena));
}

/* An alias of the rowid holds nothing but whole numbers. */
static void find_no_rowids(struct plan *plan, const struct table *from,
			   const struct table *to, const struct column *column)
{
	plan_condition(plan, from, plan_rows(plan, from, to),
		       arena_printf(plan->arena,
				    "%s.%s becomes INTEGER PRIMARY KEY",
				    to->name, column->name),
		       with_name("typeof($) = 'blob' OR (typeof($) <> "
				 "'integer' AND CAST($ AS INTEGER) <> $)",
				 column->name, plan->arena));
}

void plan_find_types(struct plan *plan, const struct table *from,
		     const struct table *to)
{
	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const struct column *before = table_find_column(from,
								column->name);

		if (is_strict_anew(plan, from, to, column))
			find_refused(plan, from, to, column);
		if (!before || column->generated || before->generated)
			continue;
		if (column == table_rowid_column(to) &&
		    before != table_rowid_column(from))
			find_no_rowids(plan, from, to, column);
		find_changed(plan, from, to, before, column);
	}
}

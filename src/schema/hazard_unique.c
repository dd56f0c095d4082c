/* Rows that a new uniqueness would refuse. */
#include "schema/plan.h"
#include "schema/spelling.h"

static bool is_whole(const struct table *table, const struct index *index)
{
	if (!index->unique || index->partial)
		return false;
	for (size_t i = 0; i < index->ncolumns; i++) {
		const struct column *column =
			index->columns[i].name
				? table_find_column(table,
						    index->columns[i].name)
				: NULL;

		if (!column)
			return false;
	}
	return true;
}

static bool same_columns(const struct index *a, const struct index *b)
{
	if (a->ncolumns != b->ncolumns)
		return false;
	for (size_t i = 0; i < a->ncolumns; i++)
		if (!a->columns[i].name ||
		    !name_equal(a->columns[i].name, b->columns[i].name) ||
		    !name_equal(a->columns[i].collation,
				b->columns[i].collation))
			return false;
	return true;
}

static bool is_unique_already(const struct table *table,
			      const struct index *index)
{
	const struct column *alias = table_rowid_column(table);

	if (alias && index->ncolumns == 1 &&
	    name_equal(alias->name, index->columns[0].name))
		return true;
	for (size_t i = 0; i < table->nindexes; i++)
		if (table->indexes[i].unique && !table->indexes[i].partial &&
		    same_columns(&table->indexes[i], index))
			return true;
	return false;
}

static void add_duplicates(struct plan *plan, const struct table *from,
			   const struct table *to, const struct index *index)
{
	struct arena *arena = plan->arena;
	const char *rows = plan_rows(plan, from, to);
	BUFFER(names);
	BUFFER(group);
	BUFFER(where);

	for (size_t i = 0; i < index->ncolumns; i++) {
		const struct index_column *column = &index->columns[i];
		const char *name = spelling(arena, column->name);

		buffer_printf(&names, "%s%s", i ? ", " : "", name);
		buffer_printf(&group, "%s%s COLLATE %s", i ? ", " : "", name,
			      spelling(arena, column->collation));
		buffer_printf(&where, "%s%s IS NOT NULL", i ? " AND " : "",
			      name);
	}
	plan_add_hazard(
		plan,
		(struct hazard){
			.text = arena_printf(arena, "%s becomes unique in (%s)",
					     to->name, names.data),
			.table = plan_name_before(plan, from),
			.about = arena_copy(arena, names.data),
			.count = arena_printf(
				arena,
				"SELECT coalesce(sum(n), 0) FROM "
				"(SELECT count(*) AS n FROM %s WHERE %s "
				"GROUP BY %s HAVING count(*) > 1)",
				rows, where.data, group.data),
			.show = arena_printf(
				arena,
				"SELECT %s, count(*) FROM %s WHERE %s "
				"GROUP BY %s HAVING count(*) > 1 LIMIT 5",
				names.data, rows, where.data, group.data),
		});
}

/* NULLs that become a value may become the same one. */
static bool has_new_values(const struct plan *plan, const struct table *from,
			   const struct table *to, const struct index *index)
{
	for (size_t i = 0; i < index->ncolumns; i++) {
		const char *name = index->columns[i].name;
		const struct column *before = table_find_column(from, name);
		const char *value = plan_value(plan, from, to,
					       table_find_column(to, name));

		if (!before ||
		    (value &&
		     strcmp(value, spelling(plan->arena, before->name)) != 0))
			return true;
	}
	return false;
}

void plan_find_duplicates(struct plan *plan, const struct table *from,
			  const struct table *to)
{
	if (!from->ddl || !to->ddl || plan->options->fill_zero)
		return;
	for (size_t i = 0; i < to->nindexes; i++)
		if (is_whole(to, &to->indexes[i]) &&
		    (!is_unique_already(from, &to->indexes[i]) ||
		     has_new_values(plan, from, to, &to->indexes[i])))
			add_duplicates(plan, from, to, &to->indexes[i]);
}

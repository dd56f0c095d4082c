/* The order of DROP TABLEs: referencing tables before referenced ones. */
#include "schema/plan/plan.h"

static bool refers_to(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->nforeign_keys; i++)
		if (name_equal(table->foreign_keys[i].table, name))
			return true;
	return false;
}

/* RESTRICT is enforced row by row, even if all rows are deleted. */
static bool restricts_itself(const struct table *table)
{
	for (size_t i = 0; i < table->nforeign_keys; i++)
		if (name_equal(table->foreign_keys[i].table, table->name) &&
		    name_equal(table->foreign_keys[i].on_delete, "RESTRICT"))
			return true;
	return false;
}

/* Whether a table that is kept still references the dropped one. */
static bool is_kept_by(const struct plan *plan, const struct table *table)
{
	for (size_t i = 0; i < plan->to->ntables; i++)
		if (plan->before[i] &&
		    refers_to(&plan->to->tables[i], table->name))
			return true;
	return false;
}

/* The last table that no other references; count if all are in cycles. */
static size_t find_unreferenced(const struct table **tables, size_t count)
{
	for (size_t i = count; i-- > 0;) {
		bool free = true;

		for (size_t k = 0; free && k < count; k++)
			free = k == i || !refers_to(tables[k], tables[i]->name);
		if (free)
			return i;
	}
	return count;
}

bool plan_order_drops(const struct plan *plan, const struct table **tables,
		      size_t count)
{
	bool ordered = true;

	for (size_t i = 0; i < count; i++) {
		size_t left = count - i;
		size_t next = find_unreferenced(tables + i, left);
		const struct table *table;

		if (next == left) {
			ordered = false;
			next = left - 1;
		}
		table = tables[i + next];
		memmove(tables + i + 1, tables + i, next * sizeof(*tables));
		tables[i] = table;
		ordered = ordered && !restricts_itself(table) &&
			  !is_kept_by(plan, table);
	}
	return ordered;
}

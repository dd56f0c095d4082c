#include "schema/plan/plan.h"
#include "schema/trial/world.h"

void plan_touch(struct plan *plan, const char *table)
{
	struct diff *out = plan->out;

	if (plan->independent)
		return;
	for (size_t i = 0; i < out->ntouched; i++)
		if (name_equal(out->touched[i], table))
			return;
	*LIST_ADD(plan->arena, out->touched, out->ntouched) = table;
}

static bool schema_has_index(const struct schema *schema, const char *name)
{
	for (size_t i = 0; i < schema->ntables; i++)
		for (size_t k = 0; k < schema->tables[i].nindexes; k++)
			if (name_equal(schema->tables[i].indexes[k].name, name))
				return true;
	return false;
}

static bool is_independent(const struct schema *other,
			   const struct table *table)
{
	if (table->kind != TABLE_ORDINARY || table->ntriggers ||
	    schema_find_table(other, table->name))
		return false;
	for (size_t i = 0; i < table->nindexes; i++)
		if (schema_has_index(other, table->indexes[i].name))
			return false;
	return true;
}

bool *plan_find_independent(const struct plan *plan,
			    const struct schema *schema,
			    const struct schema *other)
{
	const struct table **same = schema == plan->mid ? plan->after
							: plan->before;
	bool *named = arena_array(plan->arena, schema->ntables, sizeof(bool));
	bool *out = arena_array(plan->arena, schema->ntables, sizeof(bool));

	/* Virtual tables may name others, as views and triggers do. */
	for (size_t i = 0; i < schema->ntables; i++)
		named[i] = schema->tables[i].kind == TABLE_VIRTUAL;
	world_complete(schema, named, plan->arena);
	for (size_t i = 0; i < schema->ntables; i++)
		out[i] = !same[i] && !named[i] &&
			 is_independent(other, &schema->tables[i]) &&
			 (schema == plan->mid ||
			  is_independent(plan->from, &schema->tables[i]));
	return out;
}

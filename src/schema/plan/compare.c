#include "schema/plan/plan.h"
#include "schema/text/annotation.h"

static void report_column(struct plan *plan, const char *table,
			  const struct column *from, const struct column *to,
			  const struct shape_column *a,
			  const struct shape_column *b)
{
	const char *name = to->name;

	/* INT has another canonical type in a key, though not declared so. */
	if (strcmp(a->type, b->type) != 0 &&
	    !tokens_equal(from->declared, to->declared))
		plan_report(plan, "type change from %s to %s on '%s.%s'",
			    *from->declared ? from->declared : "no type",
			    *to->declared ? to->declared : "no type", table,
			    name);
	if (strcmp(a->not_null, b->not_null) != 0)
		plan_report(plan, "%s on column '%s.%s'",
			    *b->not_null ? "NOT NULL" : "NULL", table, name);
	if (strcmp(a->default_value, b->default_value) != 0)
		plan_report(plan, "server default on column '%s.%s'", table,
			    name);
	if (!name_equal(a->collation, b->collation))
		plan_report(plan, "collation change from %s to %s on '%s.%s'",
			    *a->collation ? a->collation : "BINARY",
			    *b->collation ? b->collation : "BINARY", table,
			    name);
	if (strcmp(a->generated, b->generated) != 0)
		plan_report(plan, "computed default on column '%s.%s'", table,
			    name);
	if (!annotations_equal(a->annotations, b->annotations))
		plan_report(plan, "column comment '%s.%s'", table, name);
}

static void report_columns(struct plan *plan, const struct table *from,
			   const struct table *to, const struct shape *a,
			   const struct shape *b)
{
	for (size_t i = 0; i < a->ncolumns; i++) {
		const struct column *other = table_find_column(
			to, a->columns[i].name);

		if (!other)
			plan_report(plan, "removed column '%s.%s'", to->name,
				    name_unmarked(a->columns[i].name));
		else
			report_column(plan, to->name, &from->columns[i], other,
				      &a->columns[i],
				      &b->columns[other - to->columns]);
	}
	for (size_t i = 0; i < b->ncolumns; i++)
		if (!shape_find(a, b->columns[i].name))
			plan_report(plan, "added column '%s.%s'", to->name,
				    b->columns[i].name);
}

static const char *quoted_or_empty(struct plan *plan, const char *name)
{
	return *name ? arena_printf(plan->arena, " '%s'", name) : "";
}

/* The referenced table, if another key would read the same without it. */
static const char *target_suffix(struct plan *plan,
				 const struct shape_constraint *c,
				 const struct shape *other)
{
	for (size_t i = 0; i < other->nconstraints; i++) {
		const struct shape_constraint *d = &other->constraints[i];

		if (d->kind == CLAUSE_REFERENCES &&
		    name_equal(c->columns, d->columns) &&
		    name_equal(c->others, d->others) &&
		    !name_equal(c->table, d->table))
			return arena_printf(plan->arena, " to %s", c->table);
	}
	return "";
}

static void report_constraint(struct plan *plan, const char *table, bool added,
			      const struct shape_constraint *c,
			      const struct shape *other)
{
	const char *verb = added ? "added" : "removed";

	if (c->kind == CLAUSE_REFERENCES)
		plan_report(plan, "%s foreign key (%s)(%s)%s on table %s", verb,
			    c->columns, c->others,
			    target_suffix(plan, c, other), table);
	else if (c->kind == CLAUSE_CHECK && *c->name)
		plan_report(plan, "%s check constraint '%s' on table '%s'",
			    verb, c->name, table);
	else if (c->kind == CLAUSE_CHECK)
		plan_report(plan, "%s check constraint (%s) on table '%s'",
			    verb, c->columns, table);
	else if (added || !*c->name)
		plan_report(plan, "%s unique constraint%s on '(%s)'", verb,
			    quoted_or_empty(plan, c->name), c->columns);
	else
		plan_report(plan, "%s unique constraint '%s' on '%s'", verb,
			    c->name, table);
}

/* Those of a that b lacks; each of b's matches one of a's. */
static void report_constraints(struct plan *plan, const char *table, bool added,
			       const struct shape *a, const struct shape *b)
{
	bool *matched = arena_array(plan->arena, b->nconstraints,
				    sizeof(*matched));

	for (size_t i = 0; i < a->nconstraints; i++) {
		size_t k = 0;

		while (k < b->nconstraints &&
		       (matched[k] ||
			!shape_constraint_equal(&a->constraints[i],
						&b->constraints[k])))
			k++;
		if (k < b->nconstraints)
			matched[k] = true;
		else
			report_constraint(plan, table, added,
					  &a->constraints[i], b);
	}
}

static void report_option(struct plan *plan, const char *table,
			  const char *option, bool before, bool after)
{
	if (before != after)
		plan_report(plan, "%s %s on table '%s'",
			    after ? "added" : "removed", option, table);
}

bool plan_has_order(const struct plan *plan, const struct table *to)
{
	const struct diff_options *options = plan->options;

	for (size_t i = 0; i < options->nordered; i++)
		if (name_equal(options->ordered[i], to->name))
			return true;
	return options->column_order;
}

bool plan_reorders(const struct table *from, const struct table *to)
{
	size_t at = 0;

	for (size_t i = 0; i < from->ncolumns; i++) {
		if (!table_find_column(to, from->columns[i].name))
			continue;
		while (at < to->ncolumns &&
		       !table_find_column(from, to->columns[at].name))
			at++;
		if (!name_equal(to->columns[at++].name, from->columns[i].name))
			return true;
	}
	return false;
}

static void report_order(struct plan *plan, const struct table *from,
			 const struct table *to)
{
	if (!plan_reorders(from, to))
		return;
	if (plan_has_order(plan, to))
		plan_report(plan, "column order on table '%s'", to->name);
	else
		*LIST_ADD(plan->arena, plan->out->notes, plan->out->nnotes) =
			arena_printf(plan->arena,
				     "the columns of '%s' are in a different "
				     "order; --column-order changes that",
				     to->name);
}

static void report_table(struct plan *plan, const char *table,
			 const struct shape *a, const struct shape *b)
{
	if (!name_equal(a->key, b->key))
		plan_report(plan,
			    "primary key change from (%s) to (%s) on '%s'",
			    a->key, b->key, table);
	else if (!name_equal(a->key_name, b->key_name))
		plan_report(plan,
			    "primary key name change from %s to %s on '%s'",
			    *a->key_name ? a->key_name : "no name",
			    *b->key_name ? b->key_name : "no name", table);
	report_option(plan, table, "AUTOINCREMENT", a->autoincrement,
		      b->autoincrement);
	report_option(plan, table, "WITHOUT ROWID", a->without_rowid,
		      b->without_rowid);
	report_option(plan, table, "STRICT", a->strict, b->strict);
	if (!annotations_equal(a->annotations, b->annotations))
		plan_report(plan, "table comment '%s'", table);
	if (strcmp(a->remarks, b->remarks) != 0)
		plan_report(plan, "constraint comment '%s'", table);
}

/* SQL that was not understood is compared by its tokens. */
static bool compare_table_texts(struct plan *plan, const struct table *from,
				const struct table *to)
{
	if (tokens_equal(from->sql, to->sql))
		return false;
	plan_report(plan, "changed table '%s'", to->name);
	return true;
}

static const struct shape *find_shape(const struct table *table,
				      const struct schema *schema,
				      struct shape **shapes,
				      struct arena *arena)
{
	struct shape **shape = &shapes[table - schema->tables];

	if (!*shape)
		*shape = shape_of(table, schema, arena);
	return *shape;
}

const struct shape *plan_mid_shape(const struct plan *plan,
				   const struct table *table)
{
	return find_shape(table, plan->mid, plan->mid_shapes, plan->arena);
}

const struct shape *plan_to_shape(const struct plan *plan,
				  const struct table *table)
{
	return find_shape(table, plan->to, plan->to_shapes, plan->arena);
}

bool plan_compare(struct plan *plan, const struct table *from,
		  const struct table *to)
{
	const struct shape *a, *b;

	if (strcmp(from->sql, to->sql) == 0)
		return false;
	if (!from->ddl || !to->ddl)
		return compare_table_texts(plan, from, to);
	a = plan_mid_shape(plan, from);
	b = plan_to_shape(plan, to);
	report_order(plan, from, to);
	if (shape_equal(a, b, plan_has_order(plan, to)))
		return false;
	report_columns(plan, from, to, a, b);
	report_constraints(plan, to->name, false, a, b);
	report_constraints(plan, to->name, true, b, a);
	report_table(plan, to->name, a, b);
	return true;
}

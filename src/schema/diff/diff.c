#include "schema/diff/diff.h"

#include "schema/hazard/hazard.h"
#include "schema/plan/plan.h"
#include "schema/shape/same.h"
#include "schema/text/spelling.h"

/* What happens to the tables of mid. */
struct outcome {
	struct alteration *changed; /* ordinary tables */
	size_t nchanged;
	struct table_pair *virtuals; /* changed virtual tables */
	size_t nvirtuals;
	const struct table **removed; /* tables without a counterpart */
	size_t nremoved;
	struct drop *drops;
	size_t ndrops;
	bool *created; /* of to: their CREATE is written */
};

static enum status compare_pair(struct plan *plan, struct outcome *outcome,
				const struct table *from,
				const struct table *to, struct error *e)
{
	if (from->kind == TABLE_VIRTUAL && !tokens_equal(from->sql, to->sql)) {
		plan_report(plan, "changed virtual table '%s'", to->name);
		*LIST_ADD(plan->arena, outcome->virtuals,
			  outcome->nvirtuals) = (struct table_pair){ from, to };
	}
	if (from->kind != TABLE_ORDINARY || !plan_compare(plan, from, to))
		return OK;
	if (!to->ddl || !from->ddl)
		return fail(e, INVALID,
			    "cannot write the change of table %s: its CREATE "
			    "TABLE was not understood",
			    to->name);
	plan_find_missing(plan, from, to);
	hazards_find(&(struct hazard_search){ plan, from, to });
	*LIST_ADD(plan->arena, outcome->changed, outcome->nchanged) =
		(struct alteration){ .from = from, .to = to };
	return OK;
}

static enum status compare_tables(struct plan *plan, struct outcome *outcome,
				  struct error *e)
{
	for (size_t i = 0; i < plan->mid->ntables; i++) {
		const struct table *from = &plan->mid->tables[i];
		const struct table *to = plan->after[i];

		if (to) {
			const struct hazard_search search = { plan, from, to };

			if (from->kind == TABLE_ORDINARY)
				hazards_find_duplicates(&search);
			if (compare_pair(plan, outcome, from, to, e) != OK)
				return e->status;
			if (from->kind == TABLE_ORDINARY)
				hazards_find_orphans(&search);
		} else if (from->kind != TABLE_VIEW) {
			to = schema_find_table(plan->to, from->name);
			if (plan_check_replaced(plan, from, to, e) != OK)
				return e->status;
			plan_report(plan, "removed table '%s'", from->name);
			*LIST_ADD(plan->arena, outcome->removed,
				  outcome->nremoved) = from;
		}
	}
	return OK;
}

/* Changed views are reported with their DROPs. */
static void find_created(struct plan *plan, struct outcome *outcome)
{
	const struct schema *to = plan->to;

	outcome->created = arena_array(plan->arena, to->ntables, sizeof(bool));
	for (size_t i = 0; i < to->ntables; i++) {
		const struct table *table = &to->tables[i];
		const struct table *before = plan->before[i];

		outcome->created[i] = !before || (table->kind == TABLE_VIEW &&
						  !view_same(before, table));
		if (!before && table->kind != TABLE_VIEW)
			plan_report(plan, "added table '%s'", table->name);
	}
	for (size_t i = 0; i < outcome->nvirtuals; i++)
		outcome->created[outcome->virtuals[i].to - to->tables] = true;
}

static void note_rebuilt(struct plan *plan, struct outcome *outcome,
			 const struct alteration *change)
{
	struct diff *out = plan->out;

	outcome->created[change->to - plan->to->tables] = true;
	if (plan_reorders(change->from, change->to))
		*LIST_ADD(plan->arena, out->reordered, out->nreordered) =
			plan_name_before(plan, change->from);
}

static enum status find_alters(struct plan *plan, struct outcome *outcome,
			       struct error *e)
{
	const char **first = arena_array(plan->arena, outcome->ndrops,
					 sizeof(*first));

	for (size_t i = 0; i < outcome->ndrops; i++)
		first[i] = outcome->drops[i].sql;
	if (plan_find_alters(plan, outcome->changed, outcome->nchanged, first,
			     outcome->ndrops, e) != OK)
		return e->status;
	for (size_t i = 0; i < outcome->nchanged; i++)
		if (!outcome->changed[i].alter)
			note_rebuilt(plan, outcome, &outcome->changed[i]);
	return OK;
}

/* The indexes of a rebuilt table are dropped with it. */
static bool is_implied_drop(const struct plan *plan,
			    const struct outcome *outcome,
			    const struct drop *drop)
{
	const struct table *to = plan_after(plan, drop->table);

	return drop->index && to && outcome->created[to - plan->to->tables];
}

static void write_removed(struct plan *plan, const struct outcome *outcome)
{
	if (!plan_order_drops(plan, outcome->removed, outcome->nremoved))
		plan->out->foreign_keys_off = true;
	for (size_t i = 0; i < outcome->nremoved; i++)
		buffer_printf(plan->sql, "DROP TABLE %s;\n",
			      spelling(plan->arena, outcome->removed[i]->name));
}

/* Rebuilds the virtual tables that index another one, or the rest. */
static enum status write_virtuals(struct plan *plan,
				  const struct outcome *outcome, bool waiting,
				  struct error *e)
{
	for (size_t i = 0; i < outcome->nvirtuals; i++) {
		const struct table_pair *pair = &outcome->virtuals[i];

		if (plan_virtual_is_index(plan, pair->to) == waiting &&
		    plan_write_virtual(plan, pair->from, pair->to, e) != OK)
			return e->status;
	}
	return OK;
}

static enum status write_changes(struct plan *plan,
				 const struct outcome *outcome, struct error *e)
{
	for (size_t i = 0; i < outcome->ndrops; i++)
		if (!is_implied_drop(plan, outcome, &outcome->drops[i]))
			buffer_text(plan->sql, outcome->drops[i].sql);
	for (size_t i = 0; i < outcome->nchanged; i++)
		if (outcome->changed[i].alter)
			buffer_text(plan->sql, outcome->changed[i].alter);
	for (size_t i = 0; i < outcome->nchanged; i++)
		if (!outcome->changed[i].alter)
			plan_write_rebuild(plan, outcome->changed[i].from,
					   outcome->changed[i].to);
	/* Documents may be read from a table that is dropped. */
	if (write_virtuals(plan, outcome, false, e) != OK)
		return e->status;
	write_removed(plan, outcome);
	return OK;
}

static void write_new(struct plan *plan)
{
	for (size_t i = 0; i < plan->to->ntables; i++) {
		const struct table *table = &plan->to->tables[i];

		if (table->kind != TABLE_VIEW && !plan->before[i])
			statement_write(plan->sql, table->sql);
	}
}

static void find_counterparts(struct plan *plan)
{
	const struct schema *mid = plan->mid, *to = plan->to;
	size_t near = 0;

	plan->after = arena_array(plan->arena, mid->ntables,
				  sizeof(*plan->after));
	plan->before = arena_array(plan->arena, to->ntables,
				   sizeof(*plan->before));
	plan->mid_shapes = arena_array(plan->arena, mid->ntables,
				       sizeof(*plan->mid_shapes));
	plan->to_shapes = arena_array(plan->arena, to->ntables,
				      sizeof(*plan->to_shapes));
	for (size_t i = 0; i < mid->ntables; i++) {
		const struct table *same = schema_find_same(to, &mid->tables[i],
							    &near);

		plan->after[i] = same;
		if (same)
			plan->before[same - to->tables] = &mid->tables[i];
	}
}

static enum status compute_diff(struct plan *plan, struct error *e)
{
	struct outcome outcome = { .nchanged = 0 };

	if (plan_match_tables(plan, e) != OK ||
	    plan_write_renames(plan, e) != OK)
		return e->status;
	find_counterparts(plan);
	if (compare_tables(plan, &outcome, e) != OK)
		return e->status;
	find_created(plan, &outcome);
	outcome.ndrops = plan_find_drops(plan, &outcome.drops);
	if (find_alters(plan, &outcome, e) != OK ||
	    write_changes(plan, &outcome, e) != OK)
		return e->status;
	write_new(plan);
	if (write_virtuals(plan, &outcome, true, e) != OK)
		return e->status;
	plan_write_creates(plan, outcome.created);
	for (size_t i = 0; i < plan->to->ntables; i++)
		if (!plan->before[i])
			plan_fill_virtual(plan, &plan->to->tables[i]);
	return OK;
}

enum status diff_compute(const struct schema *from, const struct schema *to,
			 const struct diff_options *options,
			 struct arena *arena, struct diff *out, struct error *e)
{
	static const struct diff_options none;
	BUFFER(sql);
	struct plan plan = {
		.arena = arena,
		.options = options ? options : &none,
		.from = from,
		.to = to,
		.out = out,
		.sql = &sql,
	};

	*out = (struct diff){ .sql = "", .options = *plan.options };
	if (compute_diff(&plan, e) != OK)
		return e->status;
	out->renames = plan.renames;
	out->nrenames = plan.nrenames;
	out->sql = arena_copy_n(arena, buffer_string(&sql), sql.length);
	return OK;
}

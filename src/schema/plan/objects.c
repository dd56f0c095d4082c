#include "schema/plan/plan.h"
#include "schema/shape/same.h"
#include "schema/text/spelling.h"

static const struct index *index_in(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->nindexes; i++)
		if (table->indexes[i].sql &&
		    name_equal(table->indexes[i].name, name))
			return &table->indexes[i];
	return NULL;
}

/* Index names are unique in a schema; near (may be NULL) is searched first. */
static const struct index *find_index_near(const struct schema *schema,
					   const struct table *near,
					   const char *name)
{
	const struct index *index = near ? index_in(near, name) : NULL;

	for (size_t i = 0; !index && i < schema->ntables; i++)
		index = index_in(&schema->tables[i], name);
	return index;
}

static const struct trigger *trigger_in(const struct table *table,
					const char *name)
{
	for (size_t i = 0; i < table->ntriggers; i++)
		if (name_equal(table->triggers[i].name, name))
			return &table->triggers[i];
	return NULL;
}

static const struct trigger *find_trigger_near(const struct schema *schema,
					       const struct table *near,
					       const char *name)
{
	const struct trigger *trigger = near ? trigger_in(near, name) : NULL;

	for (size_t i = 0; !trigger && i < schema->ntables; i++)
		trigger = trigger_in(&schema->tables[i], name);
	return trigger;
}

/* Whether b (may be NULL), the counterpart of a, has the same index. */
static bool has_same_index(const struct table *a, const struct index *x,
			   const struct table *b)
{
	const struct index *y = b ? index_in(b, x->name) : NULL;

	return y && index_same(a, x, b, y);
}

/* The "(a, lower(b))" of CREATE INDEX … ON t (a, lower(b)) WHERE …. */
static const char *index_list(struct plan *plan, const struct index *index)
{
	struct lexer lexer = lexer_of(span_of(index->sql));
	struct token token;
	const char *start = NULL;
	size_t depth = 0;

	while (lexer_next(&lexer, &token)) {
		if (token_is(&token, "(") && !depth++)
			start = token.text;
		if (start && token_is(&token, ")") && !--depth)
			break;
	}
	if (!start)
		return "()";
	return tokens_plain(plan->arena,
			    (struct span){
				    start,
				    (size_t)(token.text + token.length - start),
			    });
}

static void report_changed_index(struct plan *plan, const struct table *table,
				 const struct index *before,
				 const struct index *after)
{
	static const char *const words[] = { "False", "True" };

	if (before->unique == after->unique)
		plan_report(plan, "changed index '%s' on '%s'", before->name,
			    table->name);
	else
		plan_report(
			plan,
			"changed index '%s' on '%s': unique=%s to unique=%s",
			before->name, table->name, words[before->unique],
			words[after->unique]);
}

static void add_drop(struct plan *plan, struct drop **list, size_t *count,
		     const struct table *table, const char *kind,
		     const char *name)
{
	const char *sql = arena_printf(plan->arena, "DROP %s %s;\n", kind,
				       spelling(plan->arena, name));

	*LIST_ADD(plan->arena, *list, *count) = (struct drop){
		.table = table,
		.index = *kind == 'I',
		.sql = sql,
	};
}

static void drop_triggers(struct plan *plan, const struct table *table,
			  struct drop **list, size_t *count)
{
	const struct table *other = plan_after(plan, table);

	for (size_t i = 0; i < table->ntriggers; i++) {
		const struct trigger *trigger = &table->triggers[i];
		const struct trigger *after = find_trigger_near(plan->to, other,
								trigger->name);

		if (after && trigger_same(trigger, after))
			continue;
		add_drop(plan, list, count, table, "TRIGGER", trigger->name);
		if (after)
			plan_report(plan, "changed trigger '%s' on '%s'",
				    trigger->name, table->name);
		else
			plan_add_change(plan, !other,
					"removed trigger '%s' on '%s'",
					trigger->name, table->name);
	}
}

static void drop_indexes(struct plan *plan, const struct table *table,
			 struct drop **list, size_t *count)
{
	const struct table *other = plan_after(plan, table);

	for (size_t i = 0; i < table->nindexes; i++) {
		const struct index *index = &table->indexes[i];
		const struct index *after;

		if (!index->sql || has_same_index(table, index, other))
			continue;
		after = find_index_near(plan->to, other, index->name);
		if (other)
			add_drop(plan, list, count, table, "INDEX",
				 index->name);
		if (after)
			report_changed_index(plan, table, index, after);
		else
			plan_add_change(plan, !other,
					"removed index '%s' on '%s'",
					index->name, table->name);
	}
}

static void drop_view(struct plan *plan, const struct table *view,
		      struct drop **list, size_t *count)
{
	const struct table *other = plan_after(plan, view);

	if (other && view_same(view, other))
		return;
	add_drop(plan, list, count, view, "VIEW", view->name);
	plan_report(plan, "%s view '%s'", other ? "changed" : "removed",
		    view->name);
}

/* Triggers first: DROP VIEW drops the view's own. */
size_t plan_find_drops(struct plan *plan, struct drop **out)
{
	const struct schema *mid = plan->mid;
	size_t count = 0;

	*out = NULL;
	for (size_t i = 0; i < mid->ntables; i++)
		drop_triggers(plan, &mid->tables[i], out, &count);
	for (size_t i = 0; i < mid->ntables; i++)
		if (mid->tables[i].kind == TABLE_VIEW)
			drop_view(plan, &mid->tables[i], out, &count);
	for (size_t i = 0; i < mid->ntables; i++)
		drop_indexes(plan, &mid->tables[i], out, &count);
	return count;
}

static void create_indexes(struct plan *plan, const struct table *table,
			   bool created)
{
	const struct table *before = plan_before(plan, table);

	for (size_t i = 0; i < table->nindexes; i++) {
		const struct index *index = &table->indexes[i];
		const struct index *old;

		if (!index->sql)
			continue;
		old = find_index_near(plan->mid, before, index->name);
		if (!old)
			plan_report(plan, "added index '%s' on '%s'",
				    index->name, index_list(plan, index));
		if (!created && has_same_index(table, index, before))
			continue;
		statement_write(plan->sql, index->sql);
	}
}

static void create_triggers(struct plan *plan, const struct table *table,
			    bool created)
{
	const struct table *before = plan_before(plan, table);

	for (size_t i = 0; i < table->ntriggers; i++) {
		const struct trigger *trigger = &table->triggers[i];
		const struct trigger *old = find_trigger_near(plan->mid, before,
							      trigger->name);
		bool known = old || (plan->dropped_dependents &&
				     find_trigger_near(plan->from, NULL,
						       trigger->name));

		if (!known)
			plan_report(plan, "added trigger '%s' on '%s'",
				    trigger->name, table->name);
		if (!created && old && trigger_same(old, trigger))
			continue;
		statement_write(plan->sql, trigger->sql);
	}
}

static void create_view(struct plan *plan, const struct table *view)
{
	bool known = plan_before(plan, view) ||
		     (plan->dropped_dependents &&
		      schema_find_table(plan->from, view->name));

	if (!known)
		plan_report(plan, "added view '%s'", view->name);
	statement_write(plan->sql, view->sql);
}

void plan_write_creates(struct plan *plan, const bool *created)
{
	const struct schema *to = plan->to;

	for (size_t i = 0; i < to->ntables; i++)
		create_indexes(plan, &to->tables[i], created[i]);
	for (size_t i = 0; i < to->ntables; i++)
		if (to->tables[i].kind == TABLE_VIEW && created[i])
			create_view(plan, &to->tables[i]);
	for (size_t i = 0; i < to->ntables; i++)
		create_triggers(plan, &to->tables[i], created[i]);
}

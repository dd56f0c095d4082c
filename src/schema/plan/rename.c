#include "schema/model/read.h"
#include "schema/plan/plan.h"
#include "schema/text/spelling.h"
#include "schema/trial/world.h"

/* Renames of tables, or of the columns of one table. */
struct moves {
	const char **old, **new;
	size_t count;
	const char *table; /* the columns' table; NULL: tables are renamed */
};

/* Statements, ordered so that each new name is free. */
struct steps {
	struct arena *arena;
	const char **sql;
	size_t count;
};

static void add_sql(struct steps *steps, const char *sql)
{
	*LIST_ADD(steps->arena, steps->sql, steps->count) = sql;
}

static void add_rename_sql(struct steps *steps, const struct moves *moves,
			   const char *old, const char *new)
{
	struct arena *arena = steps->arena;
	const char *from = spelling(arena, old), *to = spelling(arena, new);

	add_sql(steps,
		moves->table
			? arena_printf(
				  arena,
				  "ALTER TABLE %s RENAME COLUMN %s TO %s;\n",
				  spelling(arena, moves->table), from, to)
			: arena_printf(arena, "ALTER TABLE %s RENAME TO %s;\n",
				       from, to));
}

static bool is_old(const struct moves *moves, const char *name)
{
	for (size_t i = 0; i < moves->count; i++)
		if (name_equal(moves->old[i], name))
			return true;
	return false;
}

static const char *temporary_old_name(struct steps *steps, const char *name)
{
	return arena_printf(steps->arena, TEMPORARY_OLD "%s", name);
}

/* Makes renames whose new name is free; a temporary name breaks a cycle. */
static void order_moves(struct steps *steps, struct moves *moves)
{
	while (moves->count) {
		size_t i = 0, last = moves->count - 1;

		while (i < moves->count && is_old(moves, moves->new[i]))
			i++;
		if (i == moves->count) {
			const char *name = temporary_old_name(steps,
							      moves->old[0]);

			add_rename_sql(steps, moves, moves->old[0], name);
			moves->old[0] = name;
			continue;
		}
		add_rename_sql(steps, moves, moves->old[i], moves->new[i]);
		moves->old[i] = moves->old[last];
		moves->new[i] = moves->new[last];
		moves->count = last;
	}
}

static void add_move(struct plan *plan, struct moves *moves, const char *old,
		     const char *new)
{
	size_t count = moves->count;

	*LIST_ADD(plan->arena, moves->old, count) = old;
	*LIST_ADD(plan->arena, moves->new, moves->count) = new;
}

/* Drops an index whose name a table takes. */
static void drop_index(struct plan *plan, struct steps *steps, const char *name)
{
	for (size_t i = 0; i < plan->from->ntables; i++) {
		const struct table *table = &plan->from->tables[i];

		for (size_t k = 0; k < table->nindexes; k++) {
			const struct index *index = &table->indexes[k];

			if (!index->sql || !name_equal(index->name, name))
				continue;
			add_sql(steps,
				arena_printf(plan->arena, "DROP INDEX %s;\n",
					     spelling(plan->arena, name)));
			plan_report(plan, "removed index '%s' on '%s'", name,
				    table->name);
		}
	}
}

/* Drops a removed table or view whose name is taken by a rename. */
static void drop_table(struct plan *plan, struct steps *steps,
		       const struct table *table)
{
	bool view = table->kind == TABLE_VIEW;

	add_sql(steps, arena_printf(plan->arena, "DROP %s %s;\n",
				    view ? "VIEW" : "TABLE",
				    spelling(plan->arena, table->name)));
	plan_report(plan, "removed %s '%s'", view ? "view" : "table",
		    table->name);
	plan->out->foreign_keys_off |= !view;
}

static void move_tables(struct plan *plan, struct steps *steps, bool *in)
{
	struct moves moves = { .count = 0 };

	for (size_t i = 0; i < plan->nrenames; i++)
		if (!plan->renames[i].column)
			add_move(plan, &moves, plan->renames[i].table,
				 plan->renames[i].to);
	for (size_t i = 0; i < moves.count; i++) {
		const struct table *table = schema_find_table(plan->from,
							      moves.new[i]);

		drop_index(plan, steps, moves.new[i]);
		if (!table || is_old(&moves, moves.new[i]))
			continue;
		in[table - plan->from->tables] = true;
		drop_table(plan, steps, table);
	}
	order_moves(steps, &moves);
}

static void move_columns(struct plan *plan, struct steps *steps,
			 const struct table_pair *pair)
{
	struct moves moves = { .table = pair->to->name };

	for (size_t i = 0; i < plan->nrenames; i++)
		if (plan->renames[i].column &&
		    name_equal(plan->renames[i].table, pair->to->name))
			add_move(plan, &moves, plan->renames[i].column,
				 plan->renames[i].to);
	for (size_t i = 0; i < moves.count; i++)
		if (table_find_column(pair->from, moves.new[i]) &&
		    !is_old(&moves, moves.new[i]))
			add_rename_sql(steps, &moves, moves.new[i],
				       temporary_old_name(steps, moves.new[i]));
	order_moves(steps, &moves);
}

/* Without columns of virtual tables, which are rebuilt instead. */
static bool is_renamed_pair(const struct plan *plan,
			    const struct table_pair *pair)
{
	for (size_t i = 0; i < plan->nrenames; i++) {
		const struct rename *rename = &plan->renames[i];

		if (rename->column
			    ? name_equal(rename->table, pair->to->name) &&
				      pair->to->kind != TABLE_VIRTUAL
			    : name_equal(rename->table, pair->from->name))
			return true;
	}
	return false;
}

static void plan_steps(struct plan *plan, struct steps *steps, bool *in)
{
	move_tables(plan, steps, in);
	for (size_t i = 0; i < plan->npairs; i++) {
		if (!is_renamed_pair(plan, &plan->pairs[i]))
			continue;
		in[plan->pairs[i].from - plan->from->tables] = true;
		if (plan->pairs[i].to->kind != TABLE_VIRTUAL)
			move_columns(plan, steps, &plan->pairs[i]);
	}
	world_add_children(plan->from, in, plan->arena);
	world_complete(plan->from, in, plan->arena);
}

/* The steps preceded by DROPs of all triggers and views. */
static struct steps drop_first(struct plan *plan, const struct steps *steps)
{
	struct arena *arena = plan->arena;
	const struct schema *from = plan->from;
	struct steps all = { .arena = arena };

	for (size_t i = 0; i < from->ntables; i++)
		for (size_t k = 0; k < from->tables[i].ntriggers; k++)
			add_sql(&all, arena_printf(arena, "DROP TRIGGER %s;\n",
						   spelling(arena,
							    from->tables[i]
								    .triggers[k]
								    .name)));
	for (size_t i = 0; i < from->ntables; i++)
		if (from->tables[i].kind == TABLE_VIEW)
			add_sql(&all,
				arena_printf(
					arena, "DROP VIEW %s;\n",
					spelling(arena, from->tables[i].name)));
	for (size_t i = 0; i < steps->count; i++)
		add_sql(&all, steps->sql[i]);
	return all;
}

static enum status try_steps(struct plan *plan, const bool *in,
			     const struct steps *steps, struct schema **after,
			     struct error *e)
{
	ENGINE(world);

	if (world_open(plan->from, in, NULL, &world, e) != OK) {
		return error_prefix(e, "the schema cannot be built in memory");
	}
	for (size_t i = 0; i < steps->count; i++)
		if (world_run(world, steps->sql[i], e) != OK) {
			return error_prefix(e, "a rename fails");
		}
	return schema_read(world, plan->arena, after, e);
}

static const char *table_name_after(const struct plan *plan,
				    const struct table *table)
{
	for (size_t i = 0; i < plan->nrenames; i++)
		if (!plan->renames[i].column &&
		    name_equal(plan->renames[i].table, table->name))
			return plan->renames[i].to;
	return table->name;
}

/* The schema from, with the tables of the trial replaced by its result. */
static struct schema *merge_renamed(const struct plan *plan, const bool *in,
				    const struct schema *after)
{
	const struct schema *from = plan->from;
	struct schema *mid = arena_zero(plan->arena, sizeof(*mid));

	mid->tables = arena_array(plan->arena, from->ntables,
				  sizeof(*mid->tables));
	for (size_t i = 0; i < from->ntables; i++) {
		const char *name = table_name_after(plan, &from->tables[i]);
		const struct table *table = &from->tables[i];

		if (in[i])
			table = schema_find_table(after, name);
		/* Skip a dropped table whose name was taken. */
		if (table && !schema_find_table(mid, name))
			mid->tables[mid->ntables++] = *table;
	}
	return mid;
}

static void report_renames(struct plan *plan)
{
	for (size_t i = 0; i < plan->nrenames; i++) {
		const struct rename *rename = &plan->renames[i];

		if (rename->column)
			plan_report(plan, "renamed column '%s.%s' to '%s.%s'",
				    rename->table, rename->column,
				    rename->table, rename->to);
		else
			plan_report(plan, "renamed table '%s' to '%s'",
				    rename->table, rename->to);
	}
}

enum status plan_write_renames(struct plan *plan, struct error *e)
{
	bool *in = arena_array(plan->arena, plan->from->ntables, sizeof(*in));
	struct steps steps = { .arena = plan->arena };
	struct schema *after = NULL;

	plan->mid = plan->from;
	if (!plan->nrenames)
		return OK;
	report_renames(plan);
	plan_steps(plan, &steps, in);
	if (try_steps(plan, in, &steps, &after, e) != OK) {
		/* A broken view or trigger makes RENAME fail. */
		error_init(e, e->arena);
		steps = drop_first(plan, &steps);
		plan->dropped_dependents = true;
		if (try_steps(plan, in, &steps, &after, e) != OK)
			return e->status == FAILED
				       ? fail(e, INVALID, "%s", e->message)
				       : e->status;
	}
	plan->mid = merge_renamed(plan, in, after);
	for (size_t i = 0; i < steps.count; i++)
		buffer_text(plan->sql, steps.sql[i]);
	return OK;
}

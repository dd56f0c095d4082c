#include "schema/plan/declared.h"
#include "schema/plan/plan.h"
#include "schema/text/spelling.h"

static bool names_match(const char *from, const char *name, const char *to,
			const char *other)
{
	return name_equal(from, name) && name_equal(to, other);
}

/*
 * Whether an option renames the table to the other: read forwards, or
 * backwards if its old name doesn't exist.
 */
static bool is_table_option(struct plan *plan, const struct table *from,
			    const struct table *to)
{
	for (size_t i = 0; i < plan->options->nrenames; i++) {
		const struct rename *rename = &plan->options->renames[i];

		if (rename->column ||
		    (!names_match(rename->table, from->name, rename->to,
				  to->name) &&
		     (schema_find_table(plan->from, rename->table) ||
		      !names_match(rename->to, from->name, rename->table,
				   to->name))))
			continue;
		plan->used[i] = true;
		return true;
	}
	return false;
}

static struct declarations declared_tables(const struct schema *schema,
					   struct arena *arena)
{
	struct declarations all = { .count = schema->ntables };

	all.items = arena_array(arena, all.count, sizeof(*all.items));
	for (size_t i = 0; i < all.count; i++)
		all.items[i] = (struct declared){
			.name = schema->tables[i].name,
			.was = schema->tables[i].annotations.renamed_from,
		};
	return all;
}

static struct declarations declared_columns(const struct table *table,
					    struct arena *arena)
{
	struct declarations all = { .count = table->ncolumns };

	all.items = arena_array(arena, all.count, sizeof(*all.items));
	for (size_t i = 0; i < all.count; i++)
		all.items[i] = (struct declared){
			.name = table->columns[i].name,
			.was = table->columns[i].annotations.renamed_from,
		};
	return all;
}

bool plan_is_paired(const struct plan *plan, const struct table *table)
{
	for (size_t i = 0; i < plan->npairs; i++)
		if (plan->pairs[i].from == table || plan->pairs[i].to == table)
			return true;
	return false;
}

static void add_table_pair(struct plan *plan, const struct table *from,
			   const struct table *to)
{
	*LIST_ADD(plan->arena, plan->pairs,
		  plan->npairs) = (struct table_pair){ .from = from, .to = to };
}

/* Views hold no data and are recreated, not renamed. */
static void pair_renamed(struct plan *plan)
{
	const struct declarations old = declared_tables(plan->from,
							plan->arena);
	const struct declarations new = declared_tables(plan->to, plan->arena);

	for (size_t i = 0; i < plan->from->ntables; i++) {
		const struct table *from = &plan->from->tables[i];

		for (size_t k = 0; k < plan->to->ntables; k++) {
			const struct table *to = &plan->to->tables[k];

			if (from->kind != to->kind ||
			    from->kind == TABLE_VIEW ||
			    name_equal(from->name, to->name) ||
			    plan_is_paired(plan, from) ||
			    plan_is_paired(plan, to) ||
			    (!is_table_option(plan, from, to) &&
			     !declared_rename(&old, &new, i, k)))
				continue;
			add_table_pair(plan, from, to);
			*LIST_ADD(plan->arena, plan->renames,
				  plan->nrenames) = (struct rename){
				.table = from->name,
				.to = to->name,
			};
		}
	}
}

static void pair_equal(struct plan *plan)
{
	size_t near = 0, nrenamed = plan->npairs;

	for (size_t i = 0; i < plan->from->ntables; i++) {
		const struct table *from = &plan->from->tables[i];
		const struct table *to = schema_find_same(plan->to, from,
							  &near);

		if (to && (!nrenamed || (!plan_is_paired(plan, from) &&
					 !plan_is_paired(plan, to))))
			add_table_pair(plan, from, to);
	}
}

static bool is_column_option(struct plan *plan, const struct table_pair *pair,
			     const char *from, const char *to)
{
	for (size_t i = 0; i < plan->options->nrenames; i++) {
		const struct rename *rename = &plan->options->renames[i];

		if (!rename->column ||
		    (!name_equal(rename->table, pair->from->name) &&
		     !name_equal(rename->table, pair->to->name)))
			continue;
		if (!names_match(rename->column, from, rename->to, to) &&
		    (table_find_column(pair->from, rename->column) ||
		     !names_match(rename->to, from, rename->column, to)))
			continue;
		plan->used[i] = true;
		return true;
	}
	return false;
}

/* Adds the accepted renames of a pair's columns, one for each at most. */
static void rename_columns(struct plan *plan, const struct table_pair *pair)
{
	const struct declarations old = declared_columns(pair->from,
							 plan->arena);
	const struct declarations new = declared_columns(pair->to, plan->arena);
	bool *taken = arena_array(plan->arena, pair->to->ncolumns, 1);

	for (size_t i = 0; i < pair->from->ncolumns; i++) {
		const struct column *from = &pair->from->columns[i];

		for (size_t k = 0; k < pair->to->ncolumns; k++) {
			const struct column *to = &pair->to->columns[k];

			if (taken[k] || name_equal(from->name, to->name) ||
			    (!is_column_option(plan, pair, from->name,
					       to->name) &&
			     !declared_rename(&old, &new, i, k)))
				continue;
			taken[k] = true;
			*LIST_ADD(plan->arena, plan->renames,
				  plan->nrenames) = (struct rename){
				.table = pair->to->name,
				.column = from->name,
				.to = to->name,
			};
			break;
		}
	}
}

/* The pair of a table of mid, which has its new name; NULL: none. */
static const struct table_pair *pair_of(const struct plan *plan,
					const struct table *mid)
{
	for (size_t i = 0; i < plan->npairs; i++)
		if (name_equal(plan->pairs[i].to->name, mid->name))
			return &plan->pairs[i];
	return NULL;
}

const char *plan_column_before(const struct plan *plan, const struct table *to,
			       const char *column)
{
	for (size_t i = 0; i < plan->nrenames; i++)
		if (plan->renames[i].column &&
		    name_equal(plan->renames[i].table, to->name) &&
		    name_equal(plan->renames[i].to, column))
			return plan->renames[i].column;
	return NULL;
}

const char *plan_column_after(const struct plan *plan, const struct table *to,
			      const char *column)
{
	for (size_t i = 0; i < plan->nrenames; i++)
		if (plan->renames[i].column &&
		    name_equal(plan->renames[i].table, to->name) &&
		    name_equal(plan->renames[i].column, column))
			return plan->renames[i].to;
	return NULL;
}

/* The name of a column of mid before the change. */
static const char *column_name_before(const struct plan *plan,
				      const struct table *mid,
				      const struct column *column)
{
	const char *before = plan_column_before(plan, mid, column->name);

	return before ? before : name_unmarked(column->name);
}

const char *plan_name_before(const struct plan *plan, const struct table *mid)
{
	const struct table_pair *pair = pair_of(plan, mid);

	return pair ? pair->from->name : mid->name;
}

const char *plan_old_rows(const struct plan *plan, const struct table *from)
{
	const struct table_pair *pair = pair_of(plan, from);
	struct arena *arena = plan->arena;
	bool renamed = false;
	BUFFER(list);

	buffer_text(&list, from->without_rowid ? "" : "rowid");
	for (size_t i = 0; i < from->ncolumns; i++) {
		const struct column *column = &from->columns[i];
		const char *before = column_name_before(plan, from, column);

		renamed |= !name_equal(before, column->name);
		buffer_printf(&list, "%s%s AS %s", list.length ? ", " : "",
			      spelling(arena, before),
			      spelling(arena, column->name));
	}
	if (pair)
		from = pair->from;
	return renamed ? arena_printf(arena, "(SELECT %s FROM %s)", list.data,
				      spelling(arena, from->name))
		       : spelling(arena, from->name);
}

static enum status check_used(const struct plan *plan, struct error *e)
{
	for (size_t i = 0; i < plan->options->nrenames; i++) {
		const struct rename *rename = &plan->options->renames[i];

		if (plan->used[i])
			continue;
		if (!rename->column)
			return fail(e, INVALID,
				    "rename %s=%s matches no removed and added "
				    "table",
				    rename->table, rename->to);
		return fail(
			e, INVALID,
			"rename %s.%s=%s matches no removed and added column",
			rename->table, rename->column, rename->to);
	}
	return OK;
}

/* Only a table whose SQL changed can have renamed columns. */
static bool may_differ(const struct table_pair *pair)
{
	return pair->from->kind != TABLE_VIEW &&
	       strcmp(pair->from->sql, pair->to->sql) != 0;
}

enum status plan_match_tables(struct plan *plan, struct error *e)
{
	size_t npairs;

	plan->used = arena_array(plan->arena, plan->options->nrenames, 1);
	pair_renamed(plan);
	pair_equal(plan);
	npairs = plan->npairs;
	for (size_t i = 0; i < npairs; i++)
		if (may_differ(&plan->pairs[i]))
			rename_columns(plan, &plan->pairs[i]);
	if (check_used(plan, e) != OK)
		return e->status;
	question_tables(plan);
	for (size_t i = 0; i < npairs; i++)
		if (may_differ(&plan->pairs[i]))
			question_columns(plan, &plan->pairs[i]);
	return OK;
}

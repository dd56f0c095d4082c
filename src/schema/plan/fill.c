#include "schema/plan/plan.h"
#include "schema/text/spelling.h"

static const struct fill *find_fill(const struct plan *plan,
				    const struct table *table,
				    const struct column *column)
{
	for (size_t i = 0; i < plan->options->nfills; i++) {
		const struct fill *fill = &plan->options->fills[i];

		if (name_equal(fill->table, table->name) &&
		    name_equal(fill->column, column->name))
			return fill;
	}
	return NULL;
}

static const char *neutral_value(enum type type)
{
	switch (type) {
	case TYPE_INTEGER:
	case TYPE_REAL:
	case TYPE_NUMERIC:
	case TYPE_BOOLEAN:
		return "0";
	case TYPE_DATE:
		return "'1970-01-01'";
	case TYPE_TIME:
		return "'00:00:00'";
	case TYPE_DATETIME:
		return "'1970-01-01 00:00:00'";
	case TYPE_JSON:
		return "'null'";
	case TYPE_BLOB:
		return "x''";
	case TYPE_ANY:
	case TYPE_TEXT:
		break;
	}
	return "''";
}

/* Whether the column already exists when the fill is evaluated. */
static bool is_readable_column(const struct plan *plan, const char *table,
			       const char *column)
{
	const struct table *now = schema_find_table(plan->mid, table);

	return now && table_find_column(now, column);
}

/* A key of some row that the column's foreign key can reference. */
static const char *any_parent(const struct plan *plan,
			      const struct table *table,
			      const struct column *column)
{
	for (size_t i = 0; i < table->nforeign_keys; i++) {
		const struct foreign_key *key = &table->foreign_keys[i];
		const struct table *other = schema_find_table(plan->to,
							      key->table);
		const struct column **targets = foreign_key_targets(
			key, other, plan->arena);

		if (targets && key->ncolumns == 1 &&
		    &table->columns[key->columns[0]] == column &&
		    is_readable_column(plan, other->name, targets[0]->name))
			return arena_printf(
				plan->arena, "(SELECT min(%s) FROM %s)",
				spelling(plan->arena, targets[0]->name),
				spelling(plan->arena, other->name));
	}
	return NULL;
}

/* Whether a unique index has the column, alone or with others. */
static bool is_in_unique(const struct table *table, const struct column *column)
{
	for (size_t i = 0; i < table->nindexes; i++) {
		const struct index *index = &table->indexes[i];

		if (!index->unique)
			continue;
		if (index->sql &&
		    tokens_name(span_of(index->sql), column->name))
			return true;
		for (size_t j = 0; j < index->ncolumns; j++)
			if (index->columns[j].name &&
			    name_equal(index->columns[j].name, column->name))
				return true;
	}
	return false;
}

/* A value for a column whose values are lost, if possible one that its
   constraints allow. */
static const char *zero_value(const struct plan *plan,
			      const struct table *table,
			      const struct column *column)
{
	const char *other = any_parent(plan, table, column);

	if (other)
		return other;
	if (column->key || is_in_unique(table, column))
		return column->type == TYPE_TEXT
			       ? "CAST(row_number() OVER () AS TEXT)"
		       : column->type == TYPE_BLOB
			       ? "CAST(row_number() OVER () AS BLOB)"
			       : "row_number() OVER ()";
	return plan_allowed_value(plan, table, column,
				  neutral_value(column->type));
}

static bool has_foreign_key(const struct table *table,
			    const struct column *column)
{
	for (size_t i = 0; i < table->nforeign_keys; i++) {
		const struct foreign_key *key = &table->foreign_keys[i];

		for (size_t j = 0; j < key->ncolumns; j++)
			if (&table->columns[key->columns[j]] == column)
				return true;
	}
	return false;
}

static bool allows_value(const struct plan *plan, const struct table *table,
			 const struct column *column, const char *value)
{
	return strcmp(plan_allowed_value(plan, table, column, value), value) ==
	       0;
}

/* Whether every row can have the DEFAULT. */
static bool may_be_default(const struct plan *plan, const struct table *table,
			   const struct column *column)
{
	const char *value = plan_default_value(column, plan->arena);

	return value && !is_in_unique(table, column) &&
	       (column->not_null || !has_foreign_key(table, column)) &&
	       allows_value(plan, table, column, value);
}

const char *plan_fill(const struct plan *plan, const struct table *table,
		      const struct column *column)
{
	const struct fill *fill = find_fill(plan, table, column);

	if (fill)
		return fill->value;
	if (!plan->options->fill_zero)
		return NULL;
	if (may_be_default(plan, table, column))
		return NULL;
	if (!column->not_null && allows_value(plan, table, column, "NULL"))
		return column->default_sql ? "NULL" : NULL;
	return zero_value(plan, table, column);
}

void plan_find_missing(struct plan *plan, const struct table *from,
		       const struct table *to)
{
	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];

		if (!column->not_null || column->default_sql ||
		    column->generated || column == table_rowid_column(to) ||
		    table_find_column(from, column->name) ||
		    plan_fill(plan, to, column))
			continue;
		*LIST_ADD(plan->arena, plan->out->missing,
			  plan->out->nmissing) = (struct fill){
			.table = to->name,
			.column = column->name,
		};
	}
}

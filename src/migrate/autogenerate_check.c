/* Options that name what isn't there, and would do nothing. */
#include "migrate/autogenerate.h"
#include "schema/token.h"

static const struct table *table_before(const struct autogenerate *autogenerate,
					const struct table *table)
{
	const struct schema *have = autogenerate->have;
	const char *before = table->annotations.renamed_from;
	for (size_t i = 0; i < autogenerate->nrenames; i++) {
		const struct rename *rename = &autogenerate->renames[i];
		if (!rename->column && name_equal(rename->to, table->name))
			return schema_find_table(have, rename->table);
	}
	const struct table *found = schema_find_table(have, table->name);
	return found || !before ? found : schema_find_table(have, before);
}

static const struct column *
column_before(const struct autogenerate *autogenerate,
	      const struct table *table_was, const struct table *table,
	      const struct column *column)
{
	const char *before = column->annotations.renamed_from;
	for (size_t i = 0; i < autogenerate->nrenames; i++) {
		const struct rename *rename = &autogenerate->renames[i];
		if (rename->column && name_equal(rename->to, column->name) &&
		    (name_equal(rename->table, table_was->name) ||
		     name_equal(rename->table, table->name)))
			return table_find_column(table_was, rename->column);
	}
	const struct column *found = table_find_column(table_was, column->name);
	return found || !before ? found : table_find_column(table_was, before);
}

static enum status check_fill(const struct autogenerate *autogenerate,
			      const struct fill *fill, struct error *e)
{
	const struct table *table = schema_find_table(autogenerate->want,
						      fill->table);
	if (!table)
		return fail(e, INVALID, "fill %s.%s: there is no table %s",
			    fill->table, fill->column, fill->table);
	const struct column *column = table_find_column(table, fill->column);
	if (!column)
		return fail(e, INVALID, "fill %s.%s: there is no such column",
			    fill->table, fill->column);
	if (!column->not_null || column->generated != GENERATED_NOT)
		return fail(e, INVALID,
			    "fill %s.%s: the column is not NOT NULL",
			    fill->table, fill->column);
	if (name_equal(fill->value, "NULL"))
		return fail(e, INVALID,
			    "fill %s.%s: NULL is no value for a column that "
			    "is NOT NULL",
			    fill->table, fill->column);
	const struct table *was = table_before(autogenerate, table);
	const struct column *old = was ? column_before(autogenerate, was, table,
						       column)
				       : NULL;
	if (!was || (old && old->not_null))
		return fail(e, INVALID,
			    "fill %s.%s: no row there lacks a value",
			    fill->table, fill->column);
	return OK;
}

enum status autogenerate_check_fills(const struct autogenerate *autogenerate,
				     struct error *e)
{
	enum status status = OK;
	for (size_t i = 0; !status && i < autogenerate->nfills; i++)
		status = check_fill(autogenerate, &autogenerate->fills[i], e);
	return status;
}

/* t.a=u.aa: t is u by the same options, or the other way about. */
enum status autogenerate_check_rename(const struct autogenerate *autogenerate,
				      const struct rename *rename,
				      const char *to_table, struct error *e)
{
	if (name_equal(rename->table, to_table))
		return OK;
	for (size_t i = 0; i < autogenerate->nrenames; i++) {
		const struct rename *other = &autogenerate->renames[i];
		if (!other->column && name_equal(other->table, rename->table) &&
		    name_equal(other->to, to_table))
			return OK;
	}
	const struct table *table = schema_find_table(autogenerate->want,
						      to_table);
	const char *before = table ? table->annotations.renamed_from : NULL;
	if (before && name_equal(before, rename->table))
		return OK;
	return fail(e, INVALID,
		    "rename %s.%s=%s.%s: a column stays in its table",
		    rename->table, rename->column, to_table, rename->to);
}

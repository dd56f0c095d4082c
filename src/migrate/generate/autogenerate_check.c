/* Refuses options that would have no effect. */
#include <string.h>

#include "migrate/generate/autogenerate.h"
#include "schema/model/type.h"
#include "schema/text/token.h"

/* The old name of a column, or of a table if table is NULL; NULL if it is
   new. */
static const char *name_before(const struct diff *up, const char *table,
			       const char *name)
{
	const char *before = name;

	for (size_t i = 0; i < up->nrenames; i++) {
		const struct rename *rename = &up->renames[i];
		const char *old = rename->column ? rename->column
						 : rename->table;

		if (!rename->column != !table ||
		    (table && !name_equal(rename->table, table)))
			continue;
		if (name_equal(rename->to, name))
			return old;
		if (name_equal(old, name))
			before = NULL;
	}
	return before;
}

static const struct table *table_before(const struct autogenerate *work,
					const struct table *table)
{
	const char *name = name_before(&work->up, NULL, table->name);

	return name ? schema_find_table(work->have, name) : NULL;
}

static const struct column *column_before(const struct autogenerate *work,
					  const struct table *table_was,
					  const struct table *table,
					  const struct column *column)
{
	const char *name = name_before(&work->up, table->name, column->name);

	return name ? table_find_column(table_was, name) : NULL;
}

/* Whether the stored type, from typeof(), suits the column's. */
static bool suits_type(enum type type, const char *stored)
{
	return !type_stores_number(type) || strcmp(stored, "integer") == 0 ||
	       (type != TYPE_INTEGER && strcmp(stored, "real") == 0);
}

/* Stores the value in a scratch table, to see what SQLite makes of it. */
static enum status check_type(const struct fill *fill,
			      const struct table *table,
			      const struct column *column, struct error *e)
{
	ENGINE(engine);
	struct value stored;
	const char *own = sql_name(e->arena, table->name);
	const char *name = sql_name(e->arena, column->name);
	const char *create = arena_printf(e->arena, "CREATE TABLE %s (%s %s)%s",
					  own, name, column->declared,
					  table->strict ? " STRICT" : "");
	const char *insert = arena_printf(
		e->arena, "INSERT INTO %s VALUES (%s)", own, fill->value);
	const char *select = arena_printf(e->arena, "SELECT typeof(%s) FROM %s",
					  name, own);

	if (engine_open("sqlite://", 0, &engine, e) != OK ||
	    engine_run(engine, create, NULL, 0, e) != OK ||
	    engine_run(engine, insert, NULL, 0, e) != OK ||
	    engine_query_one(engine, select, NULL, 0, e->arena, &stored, e) !=
		    OK)
		error_prefix(e, "fill %s.%s", fill->table, fill->column);
	else if (!suits_type(column->type, stored.data))
		fail(e, INVALID, "fill %s.%s: %s is not of type %s",
		     fill->table, fill->column, fill->value, column->declared);
	return e->status;
}

static enum status refuse_fill(const struct fill *fill, const char *why,
			       struct error *e)
{
	return fail(e, INVALID, "fill %s.%s: %s", fill->table, fill->column,
		    why);
}

static enum status check_fill(const struct autogenerate *work,
			      const struct fill *fill, struct error *e)
{
	const struct table *table = schema_find_table(work->want, fill->table);
	const struct column *column, *old;
	const struct table *was;

	if (!table)
		return fail(e, INVALID, "fill %s.%s: unknown table %s",
			    fill->table, fill->column, fill->table);
	column = table_find_column(table, fill->column);
	if (!column)
		return refuse_fill(fill, "unknown column", e);
	if (!column->not_null || column->generated != GENERATED_NOT)
		return refuse_fill(fill, "the column allows NULL", e);
	if (name_equal(fill->value, "NULL"))
		return refuse_fill(
			fill, "a NOT NULL column cannot be filled with NULL",
			e);
	was = table_before(work, table);
	old = was ? column_before(work, was, table, column) : NULL;
	if (!was || (old && old->not_null))
		return refuse_fill(fill, "no row lacks a value", e);
	return check_type(fill, table, column, e);
}

enum status autogenerate_check_fills(const struct autogenerate *work,
				     struct error *e)
{
	for (size_t i = 0; i < work->nfills; i++)
		if (check_fill(work, &work->fills[i], e) != OK)
			return e->status;
	return OK;
}

/* t.a=u.aa is allowed if t and u are one renamed table. */
enum status autogenerate_check_rename(const struct autogenerate *work,
				      const struct rename *rename,
				      const char *to_table, struct error *e)
{
	const struct table *table;
	const char *before;

	if (name_equal(rename->table, to_table))
		return OK;
	for (size_t i = 0; i < work->nrenames; i++) {
		const struct rename *other = &work->renames[i];

		if (!other->column && name_equal(other->table, rename->table) &&
		    name_equal(other->to, to_table))
			return OK;
	}
	table = schema_find_table(work->want, to_table);
	before = table ? table->annotations.renamed_from : NULL;
	if (before && name_equal(before, rename->table))
		return OK;
	return fail(e, INVALID,
		    "rename %s.%s=%s.%s: a column cannot move to another table",
		    rename->table, rename->column, to_table, rename->to);
}

/* Whether the wanted table could have been renamed so. */
static bool may_rename(const struct autogenerate *work, const struct table *was,
		       const struct rename *column)
{
	const struct table *is = schema_find_table(work->want, was->name);

	return is && table_find_column(was, column->column) &&
	       !table_find_column(is, column->column) &&
	       table_find_column(is, column->to) &&
	       !table_find_column(was, column->to);
}

enum status autogenerate_check_table_rename(const struct autogenerate *work,
					    const struct rename *rename,
					    struct error *e)
{
	const struct schema *have = work->have;
	struct rename column = { .column = rename->table, .to = rename->to };
	size_t found = 0;

	if (schema_find_table(have, rename->table))
		return OK;
	fail(e, INVALID, "rename %s=%s: unknown table %s", rename->table,
	     rename->to, rename->table);
	for (size_t i = 0; i < have->ntables; i++)
		if (may_rename(work, &have->tables[i], &column)) {
			column.table = have->tables[i].name;
			found++;
		}
	if (found == 1)
		error_hint(e, "to rename a column, use --rename %s",
			   autogenerate_rename_option(&column, e->arena));
	return e->status;
}

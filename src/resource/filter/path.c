#include "resource/filter/path.h"

#include "resource/model/column.h"
#include "util/text.h"

/* How long a path may be: SQLite's parser takes no more subqueries in each
   other. */
enum { STEPS = 10 };

/* A column of the row at the end of a path of references, of a row of table
   outer: a subquery, which gives NULL where a reference is NULL. */
static const char *path_sql(const struct reference *const *path, size_t npath,
			    size_t at, const struct table *table,
			    const char *outer, const char *column,
			    struct arena *arena)
{
	const struct reference *reference;
	const char *alias, *where = "";

	if (at == npath)
		return arena_printf(arena, "%s.%s", outer,
				    sql_name(arena, column));
	reference = path[at];
	alias = sql_name(arena, arena_printf(arena, "#%zu", at));
	for (size_t i = 0; i < reference->ncolumns; i++)
		where = arena_printf(
			arena, "%s%s%s.%s = %s.%s", where, i ? " AND " : "",
			alias, sql_name(arena, reference->to_columns[i]->name),
			outer,
			sql_name(arena,
				 table->columns[reference->columns[i]].name));
	return arena_printf(arena, "(SELECT %s FROM %s AS %s WHERE %s)",
			    path_sql(path, npath, at + 1, reference->to->table,
				     alias, column, arena),
			    sql_name(arena, reference->to->table->name), alias,
			    where);
}

/* The last name: a column, or the foreign key that a row has on one. */
static const struct column *find_last(const struct resource *resource,
				      const char *name)
{
	const struct column *column = resource_find_column(resource, name);
	const struct reference *reference =
		column ? NULL : resource_find_reference(resource, name);

	return reference && reference->ncolumns == 1
		       ? &resource->table->columns[reference->columns[0]]
		       : column;
}

bool path_find(const struct resource *resource, const char *path,
	       struct arena *arena, struct column_path *out)
{
	const struct table *table = resource->table;
	const struct reference **steps = NULL;
	size_t nsteps = 0;
	const char *dot;

	*out = (struct column_path){ .resource = resource };
	while (!find_last(out->resource, path) && (dot = strchr(path, '.'))) {
		const struct reference *reference = resource_find_reference(
			out->resource,
			arena_copy_n(arena, path, (size_t)(dot - path)));

		if (!reference || nsteps == STEPS)
			return false;
		*LIST_ADD(arena, steps, nsteps) = reference;
		out->resource = reference->to;
		path = dot + 1;
	}
	out->column = find_last(out->resource, path);
	if (!out->column)
		return false;
	out->sql = path_sql(steps, nsteps, 0, table,
			    sql_name(arena, table->name), out->column->name,
			    arena);
	out->nullable = nsteps || column_is_nullable(table, out->column);
	return true;
}

static bool is_named(const struct resource *resource, const char *name)
{
	return operation_same_name(resource->name, name) ||
	       operation_same_name(resource->plural, name);
}

void path_hint(const struct resource *resource, const char *path,
	       struct error *e)
{
	const char *name = arena_copy_n(e->arena, path, strcspn(path, "."));

	if (is_named(resource, name))
		error_hint(e, "a column of %s itself has no prefix",
			   resource->name);
	for (size_t i = 0; i < resource->nlinks; i++) {
		const struct resource *from = resource->links[i].from;

		if (is_named(from, name))
			error_hint(e,
				   "a path follows references, and %s "
				   "references %s: begin with taskmgr %s list",
				   from->name, resource->name, from->name);
	}
}

enum status path_refuse(const struct call *call, const char *option,
			const struct resource *resource, const char *name,
			struct error *e)
{
	struct close_names close;

	close_names_init(&close, name);
	for (size_t i = 0; i < resource->ncolumns; i++)
		close_names_offer(&close, resource->columns[i].name);
	call_refuse(call, option, close_names_list(&close, e->arena), e,
		    "%s has no column %s", resource->name,
		    *name ? name : "\"\"");
	if (close.count)
		error_replace(e, name, close.names[0]);
	path_hint(resource, name, e);
	return e->status;
}

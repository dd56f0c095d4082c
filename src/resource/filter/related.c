#include "resource/filter/related.h"

#include "engine/sql.h"
#include "resource/model/column.h"
#include "util/text.h"

enum { PARTS = 50 }; /* kinds of rows in one call, and so how deep they nest */

/* The rows that have the reference, as the referenced row calls them.  Where a
   column or a foreign key has that name, theirs has the column's after it. */
static const char *link_name(const struct resource *resource,
			     const struct link *link, struct arena *arena)
{
	const struct table *from = link->from->table;

	if (!table_find_column(resource->table, link->verb) &&
	    !resource_find_reference(resource, link->verb))
		return link->verb;
	return arena_printf(arena, "%s:%s", from->name,
			    from->columns[link->reference->columns[0]].name);
}

static const char *reference_name(const struct resource *resource,
				  const struct reference *reference)
{
	return reference->alias
		       ? reference->alias
		       : resource->table->columns[reference->columns[0]].name;
}

static struct related reference_part(const struct resource *resource,
				     const struct reference *reference)
{
	return (struct related){
		.name = reference_name(resource, reference),
		.resource = reference->to,
		.reference = reference,
	};
}

static struct related link_part(const struct resource *resource,
				const struct link *link, struct arena *arena)
{
	return (struct related){
		.name = link_name(resource, link, arena),
		.resource = link->from,
		.reference = link->reference,
		.many = true,
	};
}

struct related *related_parts(const struct resource *resource,
			      struct arena *arena, size_t *count)
{
	struct related *parts = NULL;

	*count = 0;
	for (size_t i = 0; i < resource->nreferences; i++)
		if (resource->references[i].to->ncolumns)
			*LIST_ADD(arena, parts, *count) = reference_part(
				resource, &resource->references[i]);
	for (size_t i = 0; i < resource->nlinks; i++)
		if (resource->links[i].from->ncolumns)
			*LIST_ADD(arena, parts, *count) = link_part(
				resource, &resource->links[i], arena);
	return parts;
}

bool related_find(const struct resource *resource, const char *name,
		  struct arena *arena, struct related *out)
{
	const struct reference *reference = resource_find_reference(resource,
								    name);

	if (reference) {
		*out = reference_part(resource, reference);
		return reference->to->ncolumns;
	}
	for (size_t i = 0; i < resource->nlinks; i++) {
		const struct link *link = &resource->links[i];

		*out = link_part(resource, link, arena);
		if (operation_same_name(out->name, name) ||
		    operation_same_name(link->verb, name))
			return link->from->ncolumns;
	}
	return false;
}

/* The part of that name, added if it is new; NULL if there is no such. */
static struct related *get_part(struct related *root, const char *name,
				size_t *left, struct arena *arena)
{
	struct related part;

	if (!related_find(root->resource, name, arena, &part))
		return NULL;
	for (size_t i = 0; i < root->nparts; i++)
		if (strcmp(root->parts[i].name, part.name) == 0)
			return &root->parts[i];
	if (!*left)
		return NULL;
	--*left;
	*LIST_ADD(arena, root->parts, root->nparts) = part;
	return &root->parts[root->nparts - 1];
}

/* What separates the names of a path; a name itself may have dots. */
static const char *next_step(const char *path, size_t *length)
{
	*length = strcspn(path, ".");
	return path[*length] ? path + *length + 1 : NULL;
}

struct related_reading {
	struct call *call;
	struct arena *arena;
	size_t left; /* parts that may still be added */
};

static enum status refuse_name(struct related_reading *reading,
			       const struct resource *resource,
			       const char *name, struct error *e)
{
	struct close_names close;
	size_t count;
	const struct related *parts = related_parts(resource, reading->arena,
						    &count);
	BUFFER(all);

	if (!reading->left)
		return call_refuse(reading->call, "with", NULL, e,
				   "more than %d kinds of rows", PARTS);
	close_names_init(&close, name);
	for (size_t i = 0; i < count; i++) {
		close_names_offer(&close, parts[i].name);
		buffer_item(&all, parts[i].name);
	}
	call_refuse(reading->call, "with", close_names_list(&close, e->arena),
		    e, "%s has no related rows %s", resource->name,
		    *name ? name : "\"\"");
	if (all.length)
		error_hint(e, "related to %s: %s", resource->name, all.data);
	return e->status;
}

static enum status add_path(struct related_reading *reading,
			    struct related *root, const char *path,
			    struct error *e)
{
	const char *rest;
	size_t length;

	for (; path; path = rest) {
		const struct resource *resource = root->resource;
		const char *name;

		rest = next_step(path, &length);
		name = arena_copy_n(reading->arena, path, length);
		root = get_part(root, name, &reading->left, reading->arena);
		if (!root)
			return refuse_name(reading, resource, name, e);
	}
	return OK;
}

/*
 * Names in --columns that are not columns of related rows are left to the
 * writer.
 */
static void add_columns(struct related_reading *reading, struct related *root,
			const char *columns)
{
	while (columns) {
		const char *path = text_next_item(&columns, reading->arena);
		struct related *at = root;
		size_t length;

		while (at && path &&
		       !resource_find_column(at->resource, path)) {
			const char *rest = next_step(path, &length);
			const char *name = arena_copy_n(reading->arena, path,
							length);

			at = get_part(at, name, &reading->left, reading->arena);
			path = rest;
		}
	}
}

enum status related_take(struct call *call, const struct resource *resource,
			 const char *columns, struct related *out,
			 struct error *e)
{
	struct related_reading reading = {
		.call = call,
		.arena = call->arena,
		.left = PARTS,
	};
	const struct values *list = call_list(call, "with");

	*out = (struct related){ .resource = resource };
	for (size_t i = 0; i < list->count; i++) {
		const char *names = arena_copy_n(call->arena,
						 list->items[i].data,
						 list->items[i].length);

		while (names)
			if (add_path(&reading, out,
				     text_next_item(&names, call->arena),
				     e) != OK)
				return e->status;
	}
	if (columns && columns[strspn(columns, " ")] != '-')
		add_columns(&reading, out, columns);
	return OK;
}

void related_columns(const struct related *root, struct arena *arena,
		     const struct output_column **columns, size_t *count)
{
	const struct resource *resource = root->resource;
	struct output_column *all;

	*columns = resource->columns;
	*count = resource->ncolumns;
	if (!root->nparts)
		return;
	all = arena_array(arena, *count + root->nparts, sizeof(*all));
	memcpy(all, *columns, *count * sizeof(*all));
	for (size_t i = 0; i < root->nparts; i++) {
		const struct related *part = &root->parts[i];
		struct output_rows *rows = arena_zero(arena, sizeof(*rows));

		rows->many = part->many;
		related_columns(part, arena, &rows->columns, &rows->ncolumns);
		all[(*count)++] = (struct output_column){
			.name = part->name,
			.rows = rows,
		};
	}
	*columns = all;
}

static size_t width_of(const struct related *part)
{
	return part->resource->ncolumns + part->nparts;
}

struct subquery {
	struct arena *arena;
	size_t aliases;     /* used so far */
	struct buffer with; /* tables that include their parts' rows */
};

/* "users"."id" = "#2"."user_id": the referenced column first, whose collation
   counts. */
static void add_condition(struct buffer *sql, const struct related *part,
			  const char *outer, const char *inner,
			  const struct table *outer_table, struct arena *arena)
{
	const struct reference *reference = part->reference;
	const struct table *having = part->many ? part->resource->table
						: outer_table;

	for (size_t i = 0; i < reference->ncolumns; i++)
		buffer_printf(
			sql, "%s%s.%s = %s.%s", i ? " AND " : "",
			part->many ? outer : inner,
			sql_name(arena, reference->to_columns[i]->name),
			part->many ? inner : outer,
			sql_name(arena,
				 having->columns[reference->columns[i]].name));
}

static void add_parts(struct subquery *subquery, const struct related *root,
		      const char *alias, size_t first, struct buffer *sql);

/* A name that no table has. */
static const char *new_name(struct subquery *subquery)
{
	return sql_name(subquery->arena, arena_printf(subquery->arena, "#%zu",
						      ++subquery->aliases));
}

/*
 * The name of a part's table.  One with parts of its own becomes a common table
 * expression that adds their rows: SQL that nests as deep as the rows would be
 * too much for SQLite's parser, whose stack has 100 places.
 */
static const char *part_table(struct subquery *subquery,
			      const struct related *part)
{
	struct arena *arena = subquery->arena;
	const char *table = sql_name(arena, part->resource->table->name);
	const char *name, *alias;
	BUFFER(sql);

	if (!part->nparts)
		return table;
	name = new_name(subquery);
	alias = new_name(subquery);
	buffer_printf(&sql, "SELECT %s.*", alias);
	if (rowid_of(part->resource))
		buffer_printf(&sql, ", %s.%s AS %s", alias,
			      rowid_of(part->resource),
			      rowid_of(part->resource));
	add_parts(subquery, part, alias, part->resource->ncolumns, &sql);
	subquery->with.length -= subquery->with.length > 0;
	buffer_printf(&subquery->with, "%s%s AS (%s FROM %s AS %s) ",
		      subquery->with.length ? ", " : "WITH ", name, sql.data,
		      table, alias);
	return name;
}

static const char *part_select(struct subquery *subquery,
			       const struct related *root,
			       const struct related *part, const char *outer)
{
	const struct resource *resource = part->resource;
	struct arena *arena = subquery->arena;
	const char *table = part_table(subquery, part);
	const char *alias = new_name(subquery);
	BUFFER(sql);

	buffer_text(&sql, "SELECT ");
	for (size_t i = 0; i < width_of(part); i++)
		buffer_printf(
			&sql, "%s%s.%s AS %s", i ? ", " : "", alias,
			i < resource->ncolumns
				? sql_name(arena, resource->columns[i].name)
				: sql_nested_name(arena, i),
			sql_nested_name(arena, i));
	buffer_printf(&sql, " FROM %s AS %s WHERE ", table, alias);
	add_condition(&sql, part, outer, alias, root->resource->table, arena);
	if (part->many && key_count(resource))
		buffer_printf(&sql, " ORDER BY %s",
			      key_columns(resource, arena));
	return arena_copy(arena, sql.data);
}

/* The parts' rows as columns, with names from the number first on. */
static void add_parts(struct subquery *subquery, const struct related *root,
		      const char *alias, size_t first, struct buffer *sql)
{
	struct arena *arena = subquery->arena;

	for (size_t i = 0; i < root->nparts; i++) {
		const struct related *part = &root->parts[i];
		const char *select = part_select(subquery, root, part, alias);

		buffer_printf(sql, ", %s AS %s",
			      sql_nested(arena, select, width_of(part)),
			      sql_nested_name(arena, first + i));
	}
}

const char *related_select(const struct related *root, struct arena *arena)
{
	const char *table = sql_name(arena, root->resource->table->name);
	BUFFER(sql);

	for (size_t i = 0; i < root->nparts; i++) {
		const struct related *part = &root->parts[i];
		struct subquery subquery = { .arena = arena };
		const char *select = part_select(&subquery, root, part, table);

		select = arena_printf(arena, "%s%s",
				      buffer_string(&subquery.with), select);
		buffer_printf(&sql, ", %s",
			      sql_nested(arena, select, width_of(part)));
		buffer_clear(&subquery.with);
	}
	return arena_copy(arena, buffer_string(&sql));
}

#include "resource/filter/related.h"

#include "engine/sql.h"
#include "resource/model/column.h"
#include "util/text.h"

/* Kinds of rows in one call, and how deep they nest: each is a subquery, and
   the stack of SQLite's parser has 100 places, of which one takes 12. */
enum { PARTS = 50, DEPTH = 7 };

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
	size_t length, depth = 0;

	for (; path; path = rest) {
		const struct resource *resource = root->resource;
		const char *name;

		if (++depth > DEPTH)
			return call_refuse(reading->call, "with", NULL, e,
					   "a path has at most %d steps",
					   DEPTH);
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
		size_t length, depth = 0;

		while (at && path && depth++ < DEPTH &&
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

struct subquery {
	struct arena *arena;
	size_t aliases; /* used so far */
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

static const char *part_sql(struct subquery *subquery,
			    const struct related *root,
			    const struct related *part, const char *outer)
{
	const struct resource *resource = part->resource;
	struct arena *arena = subquery->arena;
	const char *alias = sql_name(
		arena, arena_printf(arena, "#%zu", ++subquery->aliases));
	BUFFER(sql);

	buffer_text(&sql, "SELECT ");
	for (size_t i = 0; i < resource->ncolumns; i++)
		buffer_printf(&sql, "%s%s.%s AS %s", i ? ", " : "", alias,
			      sql_name(arena, resource->columns[i].name),
			      sql_nested_name(arena, i));
	add_parts(subquery, part, alias, resource->ncolumns, &sql);
	buffer_printf(&sql, " FROM %s AS %s WHERE ",
		      sql_name(arena, resource->table->name), alias);
	add_condition(&sql, part, outer, alias, root->resource->table, arena);
	if (part->many && key_count(resource))
		buffer_printf(&sql, " ORDER BY %s",
			      key_columns(resource, arena));
	return sql_nested(arena, sql.data, resource->ncolumns + part->nparts);
}

/* first: the number of the first one's name; SIZE_MAX: they have none. */
static void add_parts(struct subquery *subquery, const struct related *root,
		      const char *alias, size_t first, struct buffer *sql)
{
	for (size_t i = 0; i < root->nparts; i++) {
		buffer_printf(sql, ", %s",
			      part_sql(subquery, root, &root->parts[i], alias));
		if (first != SIZE_MAX)
			buffer_printf(
				sql, " AS %s",
				sql_nested_name(subquery->arena, first + i));
	}
}

const char *related_select(const struct related *root, struct arena *arena)
{
	struct subquery subquery = { .arena = arena };
	BUFFER(sql);

	add_parts(&subquery, root, sql_name(arena, root->resource->table->name),
		  SIZE_MAX, &sql);
	return arena_copy(arena, buffer_string(&sql));
}

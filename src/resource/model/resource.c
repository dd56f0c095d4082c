#include "resource/model/resource.h"

#include <string.h>
#include <strings.h>

#include "resource/model/column.h"
#include "resource/model/join.h"
#include "resource/text/name.h"
#include "util/buffer.h"

/* A name of the rowid that no column hides; NULL if it has none left. */
static const char *rowid_name(const struct table *table)
{
	static const char *const names[] = { "rowid", "_rowid_", "oid" };

	if (table->without_rowid || table->kind == TABLE_VIEW)
		return NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!table_find_column(table, names[i]))
			return names[i];
	return NULL;
}

static bool is_text(const struct column *column)
{
	return column->type == TYPE_TEXT;
}

static const struct column *first_text(const struct table *table,
				       const struct column *but)
{
	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];

		if (column != but && is_text(column) &&
		    !column->annotations.hidden)
			return column;
	}
	return NULL;
}

/* @slug COLUMN, or by convention a unique column of that name. */
static void find_slug(struct resource *resource)
{
	const struct table *table = resource->table;

	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];

		if (!column->annotations.slug)
			continue;
		resource->slug = column;
		resource->slug_source = table_find_column(
			table, column->annotations.slug);
	}
	if (!resource->slug) {
		const struct column *column = table_find_column(table, "slug");

		if (column && column->unique && is_text(column))
			resource->slug = column;
	}
	if (resource->slug && !resource->slug_source)
		resource->slug_source = first_text(table, resource->slug);
	if (!resource->slug_source)
		resource->slug = NULL;
}

static void find_caption(struct resource *resource)
{
	const struct table *table = resource->table;

	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->columns[i].annotations.title)
			resource->caption = &table->columns[i];
	if (!resource->caption)
		resource->caption = resource->slug_source
					    ? resource->slug_source
					    : first_text(table, NULL);
}

/* What is shown: all but @hidden; the rowid first where it is the key, and the
   handle where it is asked for. */
static void find_columns(struct resource *resource, struct arena *arena)
{
	const struct table *table = resource->table;
	BUFFER(select);

	resource->columns = arena_array(arena, table->ncolumns + 1,
					sizeof(*resource->columns));
	if (resource->rowid) {
		resource->columns[resource->ncolumns++] =
			(struct output_column){ .name = resource->rowid,
						.type = TYPE_INTEGER };
		buffer_item(&select, resource->rowid);
	}
	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];

		if (column->annotations.hidden)
			continue;
		buffer_item(&select, resource->quoted[i]);
		resource->reals |= column->type == TYPE_REAL;
		resource->columns[resource->ncolumns++] =
			(struct output_column){
				.name = column->name,
				.type = column->type,
				.flags = COLUMN_STORED |
					 (column_is_nullable(table, column)
						  ? COLUMN_NULLABLE
						  : 0u) |
					 (column->generated ? COLUMN_COMPUTED
							    : 0u),
				.summary = column->annotations.description,
			};
	}
	if (resource->handle) {
		buffer_item(&select, resource->handle);
		resource->columns[resource->ncolumns++] =
			(struct output_column){ .name = resource->handle,
						.type = TYPE_INTEGER,
						.flags = COLUMN_ASKED };
	}
	resource->select = resource->ncolumns ? arena_copy(arena, select.data)
					      : "NULL";
}

static void quote_columns(struct resource *resource, struct arena *arena)
{
	const struct table *table = resource->table;

	resource->quoted = arena_array(arena, table->ncolumns + 1,
				       sizeof(*resource->quoted));
	for (size_t i = 0; i < table->ncolumns; i++)
		resource->quoted[i] = sql_name(arena, table->columns[i].name);
	resource->quoted[table->ncolumns] = resource->rowid;
}

/* The condition of the primary key's values, $1 and so on. */
static const char *values_where(const struct resource *resource,
				struct arena *arena)
{
	const struct table *table = resource->table;
	BUFFER(sql);

	if (!resource->handle)
		return resource->key_where;
	for (size_t i = 0; i < table->nkey; i++)
		buffer_printf(&sql, "%s%s = $%zu", i ? " AND " : "",
			      key_part_sql(&table->columns[table->key[i]],
					   arena),
			      i + 1);
	return arena_copy(arena, sql.data);
}

static void init_resource(struct resource *resource, const struct table *table,
			  const char *name, struct arena *arena)
{
	*resource = (struct resource){
		.name = name,
		.title = name_title(arena, name),
		.plural = table->name,
		.table = table,
		.key_name = arena_printf(arena, "%s_id", name),
	};
	if (!table->nkey)
		resource->rowid = rowid_name(table);
	else if (!table_rowid_column(table))
		resource->handle = rowid_name(table);
	find_slug(resource);
	find_caption(resource);
	quote_columns(resource, arena);
	find_columns(resource, arena);
	resource->key_where = key_where(resource, 1, arena);
	resource->select_one = arena_printf(
		arena, "SELECT %s FROM %s WHERE %s", resource->select,
		sql_name(arena, table->name), resource->key_where);
	resource->select_key = arena_printf(arena, "SELECT %s FROM %s WHERE %s",
					    key_columns(resource, arena),
					    sql_name(arena, table->name),
					    values_where(resource, arena));
}

static const char *wanted_name(const struct table *table, struct arena *arena)
{
	const char *name = table->annotations.resource
				   ? table->annotations.resource
				   : name_singular(arena, table->name);

	return name_word(arena, name);
}

/* Two tables that would share a name keep their tables' names. */
static const char *choose_name(const struct schema *schema, size_t i,
			       const char *const *wanted, name_taken *taken,
			       struct arena *arena)
{
	const char *name = wanted[i];

	for (size_t k = 0; k < schema->ntables; k++)
		if (k != i && strcasecmp(wanted[k], wanted[i]) == 0)
			name = name_word(arena, schema->tables[i].name);
	return taken(name) || name[0] == '-' || !name[0]
		       ? arena_printf(arena, "table:%s", name)
		       : name;
}

static bool is_chosen(const struct resource *resources, size_t count,
		      const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(resources[i].name, name) == 0)
			return true;
	return false;
}

static void join_types(struct resource *resource)
{
	for (size_t i = 0; i < resource->ncolumns; i++) {
		struct output_column *shown = &resource->columns[i];
		const struct column *column = table_find_column(resource->table,
								shown->name);

		if (column)
			shown->type = column_type(resource, column);
	}
}

void resources_build(const struct schema *schema, name_taken *taken,
		     struct arena *arena, struct resource **out, size_t *count)
{
	size_t n = schema->ntables;
	struct resource *resources = arena_array(arena, n, sizeof(*resources));
	const char **wanted = arena_array(arena, n, sizeof(*wanted));

	for (size_t i = 0; i < n; i++)
		wanted[i] = wanted_name(&schema->tables[i], arena);
	for (size_t i = 0; i < n; i++) {
		const struct table *table = &schema->tables[i];
		const char *name = choose_name(schema, i, wanted, taken, arena);

		/* "x y" and x_y are one word, too. */
		if (is_chosen(resources, i, name))
			name = arena_printf(arena, "table:%s", table->name);
		init_resource(&resources[i], table, name, arena);
	}
	for (size_t i = 0; i < n; i++) {
		resources[i].all = resources;
		resources[i].nall = n;
	}
	resources_join(resources, n, arena);
	for (size_t i = 0; i < n; i++)
		join_types(&resources[i]);
	*out = resources;
	*count = n;
}

#include "resource/model/column.h"

#include "engine/sql.h"

size_t column_position(const struct table *table, const struct column *column)
{
	return (size_t)(column - table->columns);
}

bool column_is_nullable(const struct table *table, const struct column *column)
{
	if (column->not_null)
		return false;
	return !column->key || !(table->without_rowid || table->strict ||
				 table_rowid_column(table));
}

bool column_is_automatic(const struct resource *resource,
			 const struct column *column)
{
	return column == table_rowid_column(resource->table) ||
	       column == resource->slug || column->generated ||
	       column->annotations.created || column->annotations.updated;
}

bool key_is_nullable(const struct resource *resource)
{
	const struct table *table = resource->table;

	for (size_t i = 0; i < table->nkey && resource->handle; i++)
		if (column_is_nullable(table, &table->columns[table->key[i]]))
			return true;
	return false;
}

bool key_is_name(const struct column *column)
{
	return column->unique && column->type == TYPE_TEXT &&
	       !column->annotations.hidden;
}

const char *key_part_sql(const struct column *column, struct arena *arena)
{
	const char *own = column->collation;

	/* Bytes that are equal are equal in every order. */
	return arena_printf(arena, "%s%s", sql_name(arena, column->name),
			    own && !engine_has_collation(own)
				    ? " COLLATE BINARY"
				    : "");
}

const char *key_name_sql(const struct column *column, struct arena *arena)
{
	const char *by = column->unique_by;

	return by && engine_has_collation(by)
		       ? arena_printf(arena, "%s COLLATE %s",
				      sql_name(arena, column->name),
				      sql_name(arena, by))
		       : key_part_sql(column, arena);
}

size_t key_count(const struct resource *resource)
{
	return resource->rowid ? 1 : resource->table->nkey;
}

const struct reference *column_reference(const struct resource *resource,
					 size_t column)
{
	for (size_t i = 0; i < resource->nreferences; i++)
		if (resource->references[i].ncolumns == 1 &&
		    resource->references[i].columns[0] == column)
			return &resource->references[i];
	return NULL;
}

enum type column_type(const struct resource *resource,
		      const struct column *column)
{
	const struct reference *reference = column_reference(
		resource, column_position(resource->table, column));

	return column->type == TYPE_ANY && reference
		       ? reference->to_columns[0]->type
		       : column->type;
}

const char *key_columns(const struct resource *resource, struct arena *arena)
{
	const struct table *table = resource->table;
	BUFFER(sql);

	if (resource->rowid)
		return resource->rowid;
	buffer_text(&sql, resource->handle ? resource->handle : "");
	for (size_t i = 0; i < table->nkey; i++)
		buffer_item(&sql, resource->quoted[table->key[i]]);
	return arena_copy(arena, buffer_string(&sql));
}

const char *reference_columns(const struct reference *reference,
			      const struct resource *from, struct arena *arena)
{
	BUFFER(sql);

	for (size_t i = 0; i < reference->ncolumns; i++)
		buffer_item(&sql, from->quoted[reference->columns[i]]);
	return arena_copy(arena, sql.data);
}

const char *reference_targets(const struct reference *reference,
			      struct arena *arena)
{
	BUFFER(sql);

	for (size_t i = 0; i < reference->ncolumns; i++)
		buffer_item(&sql,
			    sql_name(arena, reference->to_columns[i]->name));
	return arena_copy(arena, sql.data);
}

const char *key_where(const struct resource *resource, int first,
		      struct arena *arena)
{
	const struct table *table = resource->table;
	BUFFER(sql);

	if (resource->rowid)
		return arena_printf(arena, "%s = $%d", resource->rowid, first);
	if (resource->handle)
		buffer_printf(&sql, "%s = $%d", resource->handle, first++);
	for (size_t i = 0; i < table->nkey; i++)
		buffer_printf(&sql, "%s%s %s $%d", sql.length ? " AND " : "",
			      key_part_sql(&table->columns[table->key[i]],
					   arena),
			      resource->handle ? "IS NOT DISTINCT FROM" : "=",
			      first + (int)i);
	return arena_copy(arena, buffer_string(&sql));
}

const struct reference *resource_find_reference(const struct resource *resource,
						const char *name)
{
	for (size_t i = 0; i < resource->nreferences; i++) {
		const struct reference *reference = &resource->references[i];

		if ((reference->alias &&
		     operation_same_name(reference->alias, name)) ||
		    operation_same_name(
			    resource->table->columns[reference->columns[0]]
				    .name,
			    name))
			return reference;
	}
	return NULL;
}

const struct column *resource_find_column(const struct resource *resource,
					  const char *name)
{
	const struct table *table = resource->table;

	for (size_t i = 0; i < table->ncolumns; i++)
		if (!table->columns[i].annotations.hidden &&
		    operation_same_name(table->columns[i].name, name))
			return &table->columns[i];
	return NULL;
}
